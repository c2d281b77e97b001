// Writes docs/spire-configuration.md: each key of SPIRE's configuration that the constructs write, and the property that sets it.
const { readdirSync, readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const ts = require('typescript');

const SRC = 'src/constructs/spire';

const SECTIONS = [
  ['Server', 'The block `server`.', ['server/config.ts', 'server/server-experimental.ts']],
  ['Agent', 'The block `agent`.', ['agent/config.ts', 'agent/agent-bundle.ts', 'agent/agent-experimental.ts']],
  ['Metrics, probes and profiling', 'The blocks `telemetry` and `health_checks`, and the keys for profiling, of server and agent.',
    ['config-text.ts', 'telemetry/prometheus-tls.ts']],
  ['DataStore', 'Exactly one: `server.dataStore`.', ['server/plugins/data-store.ts', 'server/plugins/data-store']],
  ['KeyManager of the server', 'Exactly one: `server.keyManager`.', ['server/plugins/key-manager.ts', 'server/plugins/key-manager']],
  ['KeyManager of the agent', 'Exactly one: `agent.keyManager`.', ['agent/plugins/agent-key-manager.ts']],
  ['Vault', 'What `KeyManager.hashicorpVault` and `UpstreamAuthority.vault` share.', ['server/plugins/vault-connection.ts', 'server/plugins/vault-auth.ts']],
  ['NodeAttestor', 'One object for both sides: `agent.nodeAttestor`, and `server.nodeAttestors` for agents elsewhere.',
    ['node-attestor/node-attestor.ts', 'node-attestor']],
  ['UpstreamAuthority', 'At most one: `server.upstreamAuthority`.', ['server/plugins/upstream-authority.ts', 'server/plugins/upstream-authority']],
  ['BundlePublisher', 'Any number: `server.bundlePublishers`.', ['server/plugins/bundle-publisher.ts', 'server/plugins/bundle-publisher']],
  ['CredentialComposer', 'Any number: `server.credentialComposers`.', ['server/plugins/credential-composer.ts']],
  ['WorkloadAttestor', 'At least one: `agent.workloadAttestors`.', ['agent/plugins/workload-attestor.ts', 'agent/plugins/workload-attestor', 'agent/plugins/sigstore.ts']],
  ['SVIDStore', 'Any number: `agent.svidStores`.', ['agent/plugins/svid-store.ts']],
];

// what a helper writes for the property that it gets
const HELPERS = {
  awsCredentials: ['access_key_id', 'secret_access_key'],
  azureCredentials: ['tenant_id', 'app_id', 'app_secret'],
  writeAwsType: ['database_type'],
};

const NOT_OFFERED = [
  ['`bind_address`, `bind_port`, `data_dir`, `socket_path`, `trust_domain`, `server_address`, `server_port`', 'decided once by the installation: pod, Service, cluster, `WorkloadApiSocket`'],
  ['`federation`, `sds`', 'properties and blocks of their own, see federation'],
  ['`log_file`', 'containers log to the standard output; `additionalConfig` can set it'],
  ['`join_token`', 'a secret in a ConfigMap; `joinToken` takes a Secret, as `join_token_file`'],
  ['`host`, `bind_address`, `live_path`, `ready_path`, `listener_enabled`', 'the probes and Prometheus need them as they are'],
  ['`enabled`, `plugin_data_file`', 'a plugin that is not wanted is left out; a change of the configuration rolls the pods'],
  ['`sql_transaction_timeout`, `use_sync_authorized_entries`', 'deprecated by SPIRE'],
  ['`named_pipe_name`, `admin_named_pipe_name`, `workload_api_named_pipe_name`, WorkloadAttestor `windows`', 'Windows only'],
  ['Notifier `k8sbundle`', 'SPIRE gives up Notifiers after 1.15: `BundlePublisher.k8sConfigMap`'],
  ['Notifier `gcs_bundle`', 'SPIRE gives up Notifiers after 1.15: `BundlePublisher.gcpCloudStorage`'],
  ['`kubelet_read_only_port`', 'a port without TLS; `additionalData` can set it'],
  ['`disable_kubelet_client`', "the agent's own health check fails with it"],
  ['`use_new_container_locator`', 'follows from `containerIdCgroupMatchers`; `additionalData` can set it for `k8s`'],
  ['UpstreamAuthority `azure_key_vault`', 'SPIRE 1.15 has none: only a KeyManager of this name'],
];

function page(root) {
  const files = (readdirSync(join(root, SRC), { recursive: true })).filter((path) => path.endsWith('.ts')).sort();
  const sources = Object.fromEntries(files.map((path) =>
    [path, ts.createSourceFile(path, readFileSync(join(root, SRC, path), 'utf8'), ts.ScriptTarget.ES2022, true)]));
  const docs = documentation(Object.values(sources));
  const lines = [
    "# SPIRE's configuration",
    '',
    'Each key that the constructs write, and the property that sets it. Made by `node scripts/spire-configuration.js`; a test compares it with the code.',
    '',
    'Keys that SPIRE has and this page has not can be set by `additionalConfig` (server, agent, their `experimental`) and `additionalData` (plugins);',
    'they are marked in the file. Whole plugins that are not here come by the `custom` factories.',
    '',
    '```ts',
    "new Spire(platform, 'spire', {",
    "  server: { caTtl: Duration.hours(48), logLevel: LogLevel.DEBUG, additionalConfig: { log_file: '/dev/stderr' } },",
    '  agent: { x509SvidCacheMaxSize: 2000 },',
    '});',
    '```',
    '',
    'It writes the ConfigMaps `spire-server` (key `server.conf`) and `spire-agent` (key `agent.conf`). What SPIRE would refuse is refused at the synthesis.',
    '',
    '| see that | command | answer |',
    '|---|---|---|',
    "| the file has it | `kubectl -n spire-server get configmap spire-server -o jsonpath='{.data.server\\.conf}'` | `ca_ttl = \"48h\"` |",
    '| the server took it | `kubectl -n spire-server rollout status statefulset/spire-server` | it is complete: a change of the file rolls the pods |',
    '',
    'To undo, take the property out and apply again: the file has the default, and the pods roll. A shorter `caTtl` holds for the next CA, not for the one in use.',
    '',
  ];
  for (const [title, text, paths] of SECTIONS) {
    lines.push(`## ${title}`, '', text, '');
    const members = paths.flatMap((path) => path.endsWith('.ts') ? [path] : files.filter((file) => file.startsWith(`${path}/`) && !paths.includes(file)));
    const rows = members.flatMap((path) => factories(sources[path]));
    if (rows.length > 0) {
      lines.push('| factory | what it is |', '|---|---|', ...rows.map(([name, what]) => `| \`${name}\` | ${what} |`), '');
    }
    for (const path of members) {
      const keys = writtenKeys(sources[path], docs);
      if (keys.length > 0) {
        lines.push(`### ${heading(sources[path], path)}`, '', '| key | property | what it sets | without it |', '|---|---|---|---|',
          ...keys.map(({ key, prop, what, otherwise }) => `| \`${key}\` | ${prop ? `\`${prop}\`` : ''} | ${what} | ${otherwise} |`), '');
      }
    }
  }
  lines.push('## What is not offered', '', '| key or plugin | why |', '|---|---|', ...NOT_OFFERED.map(([key, why]) => `| ${key} | ${why} |`), '');
  return lines.join('\n');
}

// the properties of all structs: name -> [{ file, summary, default }]
function documentation(sources) {
  const found = {};
  for (const source of sources) {
    for (const statement of source.statements.filter(ts.isInterfaceDeclaration)) {
      for (const member of statement.members.filter(ts.isPropertySignature)) {
        const comment = ts.getJSDocCommentsAndTags(member).find(ts.isJSDoc);
        if (comment) {
          const text = ts.getTextOfJSDocComment(comment.comment) ?? '';
          const otherwise = (comment.tags ?? []).find((tag) => tag.tagName.text === 'default');
          const entry = { file: source.fileName, what: text.split('\n')[0], otherwise: otherwise ? ts.getTextOfJSDocComment(otherwise.comment).replace(/^- /, '') : 'required' };
          (found[member.name.getText()] ??= []).push(entry);
        }
      }
    }
  }
  return found;
}

function factories(source) {
  const rows = [];
  for (const statement of source.statements.filter(ts.isClassDeclaration)) {
    for (const member of statement.members.filter(ts.isMethodDeclaration)) {
      const modifiers = (member.modifiers ?? []).map((modifier) => modifier.kind);
      if (modifiers.includes(ts.SyntaxKind.StaticKeyword) && modifiers.includes(ts.SyntaxKind.PublicKeyword)) {
        const comment = ts.getJSDocCommentsAndTags(member).find(ts.isJSDoc);
        rows.push([`${statement.name.text}.${member.name.getText()}`, (ts.getTextOfJSDocComment(comment.comment) ?? '').split('\n')[0]]);
      }
    }
  }
  return rows;
}

const HEADINGS = {
  'server/config.ts': 'server', 'server/server-experimental.ts': 'server.experimental', 'agent/config.ts': 'agent',
  'agent/agent-bundle.ts': 'agent: AgentBundle', 'agent/agent-experimental.ts': 'agent.experimental', 'config-text.ts': 'telemetry, health_checks, profiling',
  'telemetry/prometheus-tls.ts': 'telemetry.Prometheus.tls', 'server/plugins/data-store.ts': 'sql: sqlite3',
  'server/plugins/data-store/postgres.ts': 'sql: postgres, aws_postgres', 'server/plugins/data-store/mysql.ts': 'sql: mysql, aws_mysql',
  'server/plugins/data-store/sql-options.ts': 'sql: all but sqlite3', 'server/plugins/vault-connection.ts': 'connection',
  'server/plugins/vault-auth.ts': 'VaultAuth', 'agent/plugins/sigstore.ts': 'k8s and docker: sigstore',
  'agent/plugins/svid-store.ts': 'aws_secretsmanager, gcp_secretmanager', 'server/plugins/key-manager/key-identifier.ts': 'KeyIdentifier',
};

function heading(source, path) {
  if (HEADINGS[path]) {
    return `\`${HEADINGS[path]}\``;
  }
  const name = /\n\s+name: '([a-z0-9_-]+)',/i.exec(source.text);
  return name ? `\`${name[1]}\`` : `\`${path.split('/').pop().replace('.ts', '')}\``;
}

function writtenKeys(source, docs) {
  const keys = new Map();
  const add = (key, initializer) => {
    const prop = propertyOf(initializer, docs);
    const known = keys.get(key);
    if (!known || (!known.prop && prop)) {
      const doc = prop && docs[prop] && (docs[prop].find((entry) => entry.file === source.fileName) ?? nearest(docs[prop], source.fileName));
      keys.set(key, { key, prop, what: cell(doc ? doc.what : 'written by the library'), otherwise: cell(doc ? doc.otherwise : '') });
    }
  };
  const visit = (node) => {
    if (ts.isPropertyAssignment(node) && /^'?([a-z0-9]+(_[a-z0-9]+)+|Statsd|DogStatsd|M3|[A-Z][a-z]+(Prefix|Prefixes|Label|Labels)|Enable[A-Za-z]+|[a-z]+)'?$/.test(node.name.getText())
      && insideWrite(node)) {
      add(node.name.getText(), node.initializer.getText());
    } else if (ts.isCallExpression(node)) {
      const name = ts.isPropertyAccessExpression(node.expression) ? node.expression.name.text : node.expression.getText();
      if (HELPERS[name]) {
        HELPERS[name].forEach((key) => add(key, node.arguments[node.arguments.length - 1].getText()));
      }
      if (name === '_keys' && source.fileName.startsWith('server/plugins/key-manager/')) {
        add('key_identifier_file', 'props.keyIdentifier');
        add('key_identifier_value', 'props.keyIdentifier');
      }
      if (name === 'attribute' && ts.isStringLiteral(node.arguments[0])) {
        add(node.arguments[0].text, node.arguments[1].getText());
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return [...keys.values()];
}

// an object that becomes attributes, and no object of Kubernetes, of errors or of versions
function insideWrite(node) {
  for (let at = node.parent; at; at = at.parent) {
    if (ts.isCallExpression(at)) {
      const name = ts.isPropertyAccessExpression(at.expression) ? at.expression.name.text : at.expression.getText();
      return ['attributes', 'attribute'].includes(name) || (['map', 'fromEntries'].includes(name) ? insideWrite(at) : false);
    }
    if (ts.isReturnStatement(at) || ts.isArrowFunction(at) || ts.isVariableDeclaration(at) || ts.isBinaryExpression(at)) {
      return /[a-z]_[a-z]/.test(node.name?.getText() ?? '') || ['address', 'env', 'id', 'audience', 'format', 'namespace', 'username', 'password'].includes(node.name?.getText());
    }
  }
  return false;
}

function propertyOf(text, docs) {
  const roots = 'this|props|options|remote|telemetry|profiling|limit|broker|each|type|sigstore|organization|node|m3';
  for (const match of text.matchAll(new RegExp(`\\b(?:${roots})((?:\\??\\.\\w+)+)`, 'g'))) {
    const found = match[1].split(/\??\./).reverse().find((name) => docs[name]);
    if (found) {
      return found;
    }
  }
  return undefined;
}

function nearest(entries, file) {
  const near = file === 'config-text.ts' ? 'telemetry/' : file;
  const shared = (other) => other.split('/').filter((part, index) => part === near.split('/')[index]).length;
  return [...entries].sort((a, b) => shared(b.file) - shared(a.file))[0];
}

function cell(text) {
  return text.replace(/\s+/g, ' ').replaceAll('|', '\\|');
}

module.exports = { page };

if (require.main === module) {
  const root = join(__dirname, '..');
  writeFileSync(join(root, 'docs', 'spire-configuration.md'), page(root));
}
