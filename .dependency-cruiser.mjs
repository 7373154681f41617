/**
 * The dependency rules of docs/ARCHITECTURE.md. test/architecture/rules.spec.ts plants one violation a rule and expects each to be caught,
 * so a rule that cannot fail is itself a failing test.
 */
const LIBS = ['contracts', 'traffic', 'faults', 'analysis', 'metrics', 'promql'];
const SPEC = '\\.(spec|fixture)\\.tsx?$';

/** What each lib may import besides itself and zod; the order of the design, read downwards. */
const LIB_MAY_IMPORT = { contracts: [], traffic: ['contracts'], faults: ['contracts'], analysis: ['contracts'], metrics: ['contracts'], promql: ['contracts', 'metrics'] };

const libOrder = LIBS.map((lib) => ({
  name: `lib-${lib}`,
  comment: `libs/${lib} may import only: ${[...LIB_MAY_IMPORT[lib], 'zod'].join(', ')}.`,
  severity: 'error',
  from: { path: `^libs/${lib}/`, pathNot: SPEC },
  to: { path: `^libs/(${LIBS.filter((other) => other !== lib && !LIB_MAY_IMPORT[lib].includes(other)).join('|')})/` },
}));

const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

export default {
  forbidden: [
    forbid('no-cycles', 'A cycle means that two files hold one idea.', {}, { circular: true }),
    forbid('resolvable', 'Every import resolves.', {}, { couldNotResolve: true }),
    ...libOrder,
    forbid('libs-no-node', 'Libs run in a browser: no Node core.', { path: '^libs/', pathNot: SPEC }, { dependencyTypes: ['core'] }),
    forbid('libs-npm-zod-only', 'Libs stand on zod and nothing else.', { path: '^libs/', pathNot: [SPEC, '^libs/(metrics|promql)/'] }, { path: 'node_modules/', pathNot: 'node_modules/zod/' }),
    forbid('metric-libs-npm', 'Metrics and PromQL stand on zod, and on RE2, which is the pattern language of Prometheus.', { path: '^libs/(metrics|promql)/', pathNot: SPEC }, { path: 'node_modules/', pathNot: 'node_modules/(zod|re2js)/' }),
    forbid('libs-not-apps', 'Libs know no app.', { path: '^libs/' }, { path: '^(apps|migrations|test|bench)/' }),
    forbid('apps-not-apps', 'Apps talk over a wire, never by import.', { path: '^apps/([^/]+)/' }, { path: '^apps/([^/]+)/', pathNot: '^apps/$1/' }),
    forbid('front-door', 'A lib is entered by its index; what its own tests are made of serves other tests too.', { path: '^(apps|migrations|bench|test)/' }, { path: '^libs/[^/]+/src/', pathNot: '^libs/[^/]+/src/(index|.*\\.fixture)\\.ts$' }),
    forbid('edge-not-store', 'Controllers and gateways call services, not stores.', { path: '\\.(controller|gateway)\\.ts$' }, { path: '\\.store\\.ts$' }),
    forbid(
      'store-is-floor',
      'Storage knows config, errors of the contracts and itself.',
      { path: '^apps/server/src/storage/', pathNot: SPEC },
      { path: '^apps/server/src/', pathNot: '^apps/server/src/(storage|config)/' },
    ),
    forbid('sql-in-storage', 'Only storage and migrations know SQL.', { path: '^(apps/server/src|libs)/', pathNot: '^apps/server/src/storage/' }, { path: 'node_modules/(typeorm|pg|pg-copy-streams|@nestjs/typeorm)/' }),
    forbid('in-does-not-know-out', 'What comes in never calls what goes out.', { path: '^apps/server/src/(ingest|agents)/' }, { path: '^apps/server/src/live/' }),
    forbid('nest-in-server', 'Nest and the socket.io server live in apps/server.', { path: '^(apps/(agent|cli|demo|web)|libs)/' }, { path: 'node_modules/(@nestjs/[^/]+|socket\\.io)/' }),
    forbid('socket-in-stream', 'Only web/stream talks to the socket.', { path: '^apps/web/', pathNot: '^apps/web/src/stream/' }, { path: 'node_modules/socket\\.io-client/' }),
    forbid('scene-no-react', 'The picture is three, never React.', { path: '^apps/web/src/scene/' }, { path: 'node_modules/(react|react-dom|@mantine/[^/]+)/' }),
    forbid('panels-no-three', 'Panels are React, never three.', { path: '^apps/web/src/(panels|app|api)/' }, { path: 'node_modules/three/' }),
    forbid('model-is-pure', 'Model and layout know neither React nor three.', { path: '^apps/web/src/(model|layout)/', pathNot: SPEC }, { path: 'node_modules/(react|react-dom|three|@mantine/[^/]+|socket\\.io-client)/' }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|node_modules/\\.cache)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['source', 'import', 'require', 'node', 'default', 'types'], mainFields: ['module', 'main', 'types'] },
  },
};
