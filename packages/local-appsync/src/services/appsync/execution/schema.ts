import {
  buildASTSchema,
  concatAST,
  type DocumentNode,
  type GraphQLField,
  type GraphQLSchema,
  isAbstractType,
  isObjectType,
  isScalarType,
  Kind,
  parse,
  valueFromASTUntyped,
} from 'graphql';
import { StartError } from '../../../shared/start-error';
import { LIMITS } from '../limits';
import { awsScalars } from './scalars';
import { isRecord } from '../../../shared/is-record';

/** The schema can't be used: what AppSync would refuse at deployment. */
export class InvalidSchema extends StartError {
  override readonly name = 'InvalidSchema';
}

const AUTH_PLACES = 'OBJECT | FIELD_DEFINITION';

/** What AppSync adds to every schema. */
const APPSYNC_SDL = `
${awsScalars.map(({ name }) => `scalar ${name}`).join('\n')}
directive @aws_api_key on ${AUTH_PLACES}
directive @aws_iam on ${AUTH_PLACES}
directive @aws_oidc on ${AUTH_PLACES}
directive @aws_lambda on ${AUTH_PLACES}
directive @aws_cognito_user_pools(cognito_groups: [String!]) on ${AUTH_PLACES}
directive @aws_auth(cognito_groups: [String!]!) on FIELD_DEFINITION
directive @aws_subscribe(mutations: [String!]!) on FIELD_DEFINITION
`;

/** The schema of an SDL as AppSync reads it. Throws InvalidSchema. */
export function appsyncSchema(sdl: string): GraphQLSchema {
  const schema = build(sdl);
  for (const scalar of awsScalars) {
    const type = schema.getType(scalar.name);
    if (isScalarType(type)) {
      type.serialize = scalar.serialize;
      type.parseValue = scalar.parseValue;
      type.parseLiteral = scalar.parseLiteral;
    }
  }
  for (const type of Object.values(schema.getTypeMap())) {
    if (isObjectType(type) && !type.name.startsWith('__')) {
      type.isTypeOf = isRecord;
    } else if (isAbstractType(type)) {
      // Resolvers must tell: nothing is guessed.
      type.resolveType = (value) => (isRecord(value) ? (value.__typename as string | undefined) : undefined);
    }
  }
  checkSubscriptions(schema);
  return schema;
}

function build(sdl: string): GraphQLSchema {
  const bytes = Buffer.byteLength(sdl);
  if (bytes > LIMITS.schemaBytes) {
    throw new InvalidSchema(`The GraphQL schema has ${bytes} bytes; AppSync takes ${LIMITS.schemaBytes}.`);
  }
  try {
    const schema = buildASTSchema(concatAST([parse(APPSYNC_SDL), withoutOwn(parse(sdl))]));
    if (!schema.getQueryType()) {
      throw new Error('it has no Query type');
    }
    return schema;
  } catch (error) {
    throw new InvalidSchema(`The GraphQL schema is refused: ${(error as Error).message}`);
  }
}

/** Tools declare what AppSync brings along; the service's own declaration is the one that counts. */
function withoutOwn({ definitions, ...document }: DocumentNode): DocumentNode {
  const scalars = new Set(awsScalars.map(({ name }) => name));
  return {
    ...document,
    definitions: definitions.filter(
      (node) =>
        !(node.kind === Kind.SCALAR_TYPE_DEFINITION && scalars.has(node.name.value)) &&
        !(node.kind === Kind.DIRECTIVE_DEFINITION && node.name.value.startsWith('aws_')),
    ),
  };
}

/** The mutations that a subscription field listens to: the names in its @aws_subscribe. */
export function subscribedMutations(field: GraphQLField<unknown, unknown>): string[] {
  const directive = field.astNode?.directives?.find(({ name }) => name.value === 'aws_subscribe');
  const argument = directive?.arguments?.find(({ name }) => name.value === 'mutations');
  return argument ? (valueFromASTUntyped(argument.value) as string[]) : [];
}

function checkSubscriptions(schema: GraphQLSchema): void {
  const mutations = schema.getMutationType()?.getFields() ?? {};
  for (const field of Object.values(schema.getSubscriptionType()?.getFields() ?? {})) {
    for (const name of subscribedMutations(field)) {
      const mutation = mutations[name];
      if (!mutation) {
        throw new InvalidSchema(`Subscription.${field.name} subscribes to the mutation ${name}, which does not exist.`);
      }
      const [pushed, listened] = [String(mutation.type), String(field.type)].map((type) => type.replace(/!$/, ''));
      if (pushed !== listened) {
        throw new InvalidSchema(
          `Subscription.${field.name} is a ${listened}, but the mutation ${name} is a ${pushed}.`,
        );
      }
    }
  }
}
