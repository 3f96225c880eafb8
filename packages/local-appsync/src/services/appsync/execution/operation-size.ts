import type { DocumentNode, FieldNode, OperationDefinitionNode, SelectionSetNode } from 'graphql';
import { fieldsOf, fragmentsOf } from './selection';

/** How large an operation is once each fragment stands where it is spread. */
export interface OperationSize {
  /** How deep selections nest. */
  depth: number;
  fields: number;
  /** Those of `__schema` and `__type`, which are answered without a pause. */
  introspected: number;
}

const NOTHING: OperationSize = { depth: 0, fields: 0, introspected: 0 };

/**
 * The size of an operation of a valid document; undefined if it has more fields than `most`. Each selection is looked at
 * once: a few fragments that spread one another twice make millions of fields.
 */
export function operationSize(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  most: number,
): OperationSize | undefined {
  const fragments = fragmentsOf(document);
  const known = new Map<SelectionSetNode, OperationSize>();
  let seen = 0;

  const ofSelections = (set: SelectionSetNode): OperationSize => {
    let size = known.get(set);
    if (!size) {
      const fields = fieldsOf(set.selections, fragments);
      seen += fields.length;
      // All that was seen is in the operation: there is no need to see the rest.
      size = seen > most ? NOTHING : together(fields.map(ofField));
      known.set(set, size);
    }
    return size;
  };

  const ofField = ({ name, selectionSet }: FieldNode): OperationSize => {
    const inner = selectionSet ? ofSelections(selectionSet) : NOTHING;
    const fields = inner.fields + 1;
    const introspected = /^__(schema|type)$/.test(name.value) ? fields : inner.introspected;
    return { depth: inner.depth + 1, fields, introspected };
  };

  const size = ofSelections(operation.selectionSet);
  return seen > most || size.fields > most ? undefined : size;
}

function together(sizes: OperationSize[]): OperationSize {
  const sum = { ...NOTHING };
  for (const { depth, fields, introspected } of sizes) {
    sum.depth = Math.max(sum.depth, depth);
    sum.fields += fields;
    sum.introspected += introspected;
  }
  return sum;
}
