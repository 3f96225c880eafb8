interface Output {
  Value: unknown;
  Export?: { Name: string };
}

interface Resource {
  Type: string;
  Properties?: Record<string, unknown>;
  DependsOn?: string | string[];
}

/** What of a template is looked at here. */
export interface CloudFormation {
  Resources: Record<string, Resource>;
  Outputs?: Record<string, Output>;
}

/** Stacks by name, in the order in which they are deployed. */
export type Stacks = Record<string, CloudFormation>;

/**
 * What CloudFormation would refuse if these stacks were deployed over the others: an import of what nobody exports, and
 * an export that another stack imports and that would go or change. A stack that is not among them stays as it is.
 */
export function refusals(deployed: Stacks, next: Stacks): string[] {
  const now = { ...deployed };
  return Object.entries(next).flatMap(([name, template]) => {
    const before = exportsOf(Object.values(now));
    const missing = importsOf(template).filter((each) => !before.has(each));
    const others = Object.entries(now).filter(([other]) => other !== name);
    const own = now[name] ? exportsOf([now[name]]) : new Map<string, string>();
    const after = exportsOf([template]);
    const used = others.flatMap(([, other]) => importsOf(other)).filter((each) => own.has(each));
    const lost = used.filter((each) => after.get(each) !== own.get(each));
    now[name] = template;
    return [
      ...missing.map((each) => `${name}: nobody exports ${each}`),
      ...[...new Set(lost)].map((each) => `${name}: ${each} is in use`),
    ];
  });
}

/** The names that a template imports, each once. */
export function importsOf(template: CloudFormation): string[] {
  const found = new Set<string>();
  visit(template, (key, value) => {
    if (key === 'Fn::ImportValue') {
      found.add(String(value));
    }
  });
  return [...found];
}

/** Each exported name, and the expression of its value. */
export function exportsOf(templates: CloudFormation[]): Map<string, string> {
  const outputs = templates.flatMap(({ Outputs = {} }) => Object.values(Outputs));
  return new Map(outputs.flatMap(({ Export, Value }) => (Export ? [[Export.Name, JSON.stringify(Value)]] : [])));
}

/** The resources that are created or changed before this one: those that it refers to or depends on, and so on. */
export function before(template: CloudFormation, id: string): Set<string> {
  const found = new Set<string>();
  const follow = (each: string) => {
    for (const needed of needs(template, each)) {
      if (!found.has(needed)) {
        found.add(needed);
        follow(needed);
      }
    }
  };
  follow(id);
  return found;
}

function needs({ Resources }: CloudFormation, id: string): string[] {
  const named = [Resources[id]?.DependsOn ?? []].flat();
  visit(Resources[id], (key, value) => {
    if (key === 'Ref') {
      named.push(String(value));
    } else if (key === 'Fn::GetAtt') {
      named.push(String([value].flat()[0]).split('.')[0]!);
    } else if (key === 'Fn::Sub') {
      const text = String([value].flat()[0]);
      named.push(...[...text.matchAll(/\$\{([\w:]+)/g)].map(([, name]) => name!));
    }
  });
  return named.filter((each) => each in Resources);
}

function visit(value: unknown, see: (key: string, value: unknown) => void): void {
  if (typeof value !== 'object' || value === null) {
    return;
  }
  for (const [key, child] of Object.entries(value)) {
    see(key, child);
    visit(child, see);
  }
}
