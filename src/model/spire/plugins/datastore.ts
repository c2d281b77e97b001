import { mysqlFault, postgresFault, sqliteOptionFault } from '../../../formats/connection-string';
import { goUrlFault } from '../../../formats/go-url';
import { BOOL, Block, INT, NODE, STRING, block, redecode, strings } from '../../../formats/hcl/reader';
import { UNKNOWN } from '../problems';
import { isIp, parseDuration } from '../values';
import { More, PluginKind, Report, required } from './plugin-kind';

const AWS = block(strings('region', 'access_key_id', 'secret_access_key'));

export const DATA_STORE: PluginKind = {
  shape: block({
    database_type: NODE,
    ...strings('connection_string', 'ro_connection_string', 'root_ca_path', 'client_cert_path', 'client_key_path'),
    conn_max_lifetime: STRING,
    max_open_conns: INT,
    max_idle_conns: INT,
    disable_migration: BOOL,
    log_sql: BOOL,
  }),
  check: (config, report, more) => {
    const type = databaseType(config, report);
    if (type === undefined) return;
    required('connection_string')(config, report, more);
    if (type === 'mysql') checkMySql(config, more);
    if (type === 'postgres') checkPostgres(config, more);
    if (type === 'postgres' || type === 'sqlite3') checkFiles(config, more, type);
    if (type === 'sqlite3') checkSqlite(config, report);
    if (type === 'aws_postgres') checkAwsPostgres(config, report);
    const lifetime = config.text('conn_max_lifetime');
    if (config.has('conn_max_lifetime') && parseDuration(lifetime) === undefined) report(`conn_max_lifetime "${lifetime}" is no duration`, 'conn_max_lifetime');
  },
};

/** Reads the type: a string, or one block named after an AWS type. */
export function databaseType(config: Block, report: Report): string | undefined {
  const node = config.node('database_type');
  if (node?.kind === 'literal') {
    const type = node.token.text.replace(/^"+|"+$/g, '');
    if (['sqlite3', 'postgres', 'mysql'].includes(type)) return type;
    report(type === '' ? 'database_type is required' : `database_type "${type}" is unknown`, 'database_type', 'use sqlite3, postgres or mysql');
    return undefined;
  }
  if (node?.kind !== 'objectList') {
    report('database_type is required', 'database_type', 'use sqlite3, postgres or mysql');
    return undefined;
  }
  if (node.items.length !== 1 || node.items[0].keys.length !== 1) {
    report('database_type needs exactly one type', 'database_type');
    return undefined;
  }
  const type = node.items[0].keys[0].token.text.replace(/"/g, '');
  if (type !== 'aws_mysql' && type !== 'aws_postgres') {
    report(`database_type "${type}" is unknown as a block`, 'database_type', 'use aws_mysql or aws_postgres');
    return undefined;
  }
  const aws = redecode(node, block({ aws_mysql: AWS, aws_postgres: AWS }));
  if (aws.block(type)?.text('region') === '') report('region is required', 'database_type');
  return type;
}

const CONNECTION_STRINGS = ['connection_string', 'ro_connection_string'];

function refuse(config: Block, { problems }: More, name: string, message: string, fix?: string): void {
  problems.refuse('plugin-data', `DataStore "sql": ${name} ${message}`, config.at(name), fix);
}

function checkMySql(config: Block, more: More): void {
  for (const name of CONNECTION_STRINGS) {
    const dsn = config.text(name);
    const slash = dsn.lastIndexOf('/');
    const fault = mysqlFault(dsn, UNKNOWN, text => parseDuration(text) !== undefined);
    if (fault) refuse(config, more, name, fault, 'write user:password@tcp(host:3306)/database?parseTime=true');
    // what is not known may stand before the name of the database, as passwords do
    if (fault || dsn === '' || dsn.includes(UNKNOWN, Math.max(slash, 0))) continue;
    if (slash < 0) refuse(config, more, name, 'has no slash before the database name');
    else if (!parsesTime(dsn.slice(slash))) refuse(config, more, name, 'lacks parseTime=true', 'append ?parseTime=true');
  }
}

/** Of an option that is there twice the last counts. */
function parsesTime(database: string): boolean {
  const [, options = ''] = /\?(.*)$/s.exec(database) ?? [];
  const given = options.split('&').filter(option => option.startsWith('parseTime=')).pop();
  return /^parseTime=(true|True|TRUE|1)$/.test(given ?? '');
}

function checkFiles(config: Block, { problems }: More, type: string): void {
  for (const name of ['root_ca_path', 'client_cert_path', 'client_key_path']) {
    if (config.text(name) === '') continue;
    problems.warn('value', `DataStore "sql": ${name} is for mysql, and ignored with ${type}`, config.at(name),
      type === 'postgres' ? 'name the files in connection_string: sslrootcert, sslcert, sslkey' : 'remove it');
  }
}

function checkPostgres(config: Block, more: More): void {
  for (const name of CONNECTION_STRINGS) {
    const fault = postgresFault(config.text(name), UNKNOWN, isIp);
    if (fault) refuse(config, more, name, fault, 'write host=… port=5432 dbname=… user=… sslmode=verify-full');
  }
}

// SPIRE parses the string as a URL whose only scheme is file
function checkSqlite(config: Block, report: Report): void {
  const value = config.text('connection_string');
  const scheme = /^([a-zA-Z][a-zA-Z0-9+.-]*):/.exec(value);
  const path = value.split(/[?#]/)[0];
  const fault = /^[a-z]:[\\/]/i.test(value) ? 'with a drive works on Windows only' : scheme && scheme[1].toLowerCase() !== 'file' ? `has the scheme "${scheme[1]}"`
    : goUrlFault(value) ?? (path.endsWith('/') ? 'is a folder' : value.includes('#') ? 'has a #' : sqliteOptionFault(value, UNKNOWN));
  if (fault) report(`connection_string ${fault}`, 'connection_string', 'give the path of a file, or database_type for another database');
  if (config.int('max_open_conns') === 1) report('max_open_conns is 1: the server waits for a second connection to SQLite for ever', 'max_open_conns', 'leave it out');
}

function checkAwsPostgres(config: Block, report: Report): void {
  if (/(^|\s)password\s*=|^postgres(ql)?:\/\/[^/@]*:[^/@]+@/.test(config.text('connection_string'))) {
    report('a password excludes IAM authentication', 'connection_string', 'remove the password');
  }
}
