// The walls between folders: dependencies point inward, and never in a circle. Types count as much as values.

const { readFileSync } = require('node:fs');
const { join } = require('node:path');

const PACKAGE = 'packages/local-appsync/src';

/** Nobody in `from` imports anything of `to`. */
function wall(name, comment, from, to) {
  return { name, comment, severity: 'error', from, to };
}

/** Of the product: what each folder may import besides itself. */
const ROOMS = {
  domain: [],
  resolvers: ['domain'],
  functions: ['domain'],
  infra: ['domain'],
  client: [],
  ops: ['domain', 'functions'],
  web: ['client', 'domain'],
};
const ALL_ROOMS = [...Object.keys(ROOMS), 'bench', 'examples', 'packages', 'test', 'tools'];

const rooms = Object.entries(ROOMS).map(([room, allowed]) => {
  const others = ALL_ROOMS.filter((other) => other !== room && !allowed.includes(other));
  const may = allowed.length > 0 ? `${allowed.map((other) => `${other}/`).join(' and ')}` : 'no other folder';
  return wall(
    `${room}-imports`,
    `${room}/ may import ${may}.`,
    { path: `^${room}/` },
    { path: `^(${others.join('|')})/` },
  );
});

/** Packages are for those who need them: what resolvers bundle has AppSync's alone. */
const NPM = ['npm', 'npm-dev', 'npm-optional', 'npm-peer'];
const packages = [
  wall('domain-has-no-packages', 'resolvers bundle domain/.', { path: '^domain/' }, { dependencyTypes: NPM }),
  wall('client-has-no-packages', 'client/ fits any GraphQL client.', { path: '^client/' }, { dependencyTypes: NPM }),
  wall(
    'resolvers-have-one-package',
    'APPSYNC_JS imports @aws-appsync/utils and nothing else.',
    { path: '^resolvers/' },
    { dependencyTypes: NPM, pathNot: 'node_modules/@aws-appsync/utils/' },
  ),
];

/** Of the runtime: each folder may import those before it, and nothing of those after it. */
const LAYERS = ['shared/', 'cloudformation/', 'endpoint/', 'appsync-js/', 'services/', 'system/', 'api/', 'cli/'];
const layers = LAYERS.slice(0, -1).map((layer, i) =>
  wall(
    `layer-${i + 1}`,
    `${layer} is below ${LAYERS.slice(i + 1).join(', ')}.`,
    { path: `^${PACKAGE}/${layer}` },
    { path: `^${PACKAGE}/(${LAYERS.slice(i + 1).join('|')})` },
  ),
);

/** Of its services: each may import those before it in their list, as its `needs` do. */
const LIST = readFileSync(join(__dirname, PACKAGE, 'services', 'index.ts'), 'utf8');
const SERVICES = /const SERVICES.*= \[([^\]]*)\]/.exec(LIST)[1].match(/\w+/g);
const services = SERVICES.slice(0, -1).map((service, i) =>
  wall(
    `${service}-is-below`,
    `The service ${service} is below ${SERVICES.slice(i + 1).join(', ')}.`,
    { path: `^${PACKAGE}/services/${service}/` },
    { path: `^${PACKAGE}/services/(${SERVICES.slice(i + 1).join('|')})/` },
  ),
);

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    wall('no-circles', 'Files import each other in a circle.', {}, { circular: true }),
    wall(
      'no-dead-ends',
      'An import leads nowhere.',
      { pathNot: ['/fixtures/broken/', '^bench/peers/'] },
      { couldNotResolve: true },
    ),
    ...rooms,
    ...packages,
    ...layers,
    ...services,
    wall(
      'the-runtime-knows-no-product',
      'packages/ runs any CDK app: it knows nothing of this one.',
      { path: '^packages/' },
      { path: `^(${ALL_ROOMS.filter((room) => room !== 'packages').join('|')})/` },
    ),
    wall(
      'the-runtime-by-its-doors',
      'Outside of the package, import it by its name.',
      { pathNot: '^packages/' },
      { path: '^packages/[^/]+/(src|test)/' },
    ),
  ],
  options: {
    // Types, too: a circle of types is a circle of ideas.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: ['node_modules', 'generated', 'packages/[^/]+/dist'] },
    exclude: { path: ['^(packages/[^/]+|web)/dist/', '^generated/'] },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
