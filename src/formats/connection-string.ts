import { goUrlFault } from './go-url';

const MYSQL_BOOLEANS = ['allowAllFiles', 'allowCleartextPasswords', 'allowFallbackToPlaintext', 'allowNativePasswords', 'allowOldPasswords', 'checkConnLiveness',
  'clientFoundRows', 'columnsWithAlias', 'compress', 'interpolateParams', 'multiStatements', 'parseTime', 'rejectReadOnly'];
const MYSQL_DURATIONS = ['readTimeout', 'timeout', 'timeTruncate', 'writeTimeout'];
const MYSQL_NETWORKS = ['tcp', 'tcp4', 'tcp6', 'unix', 'cloudsql'];
const MYSQL_BOOLEAN = /^(1|true|TRUE|True|0|false|FALSE|False)$/;

/** Whether a text is the name of a time zone, as the drivers look it up. */
function isTimeZone(name: string): boolean {
  if (['', 'UTC', 'Local'].includes(name)) return true;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/**
 * Why go-sql-driver/mysql refuses a connection string, `user:password@network(address)/database?options`, or undefined.
 *
 * What holds `unknown` may be anything.
 */
export function mysqlFault(text: string, unknown: string, isDuration: (text: string) => boolean): string | undefined {
  const slash = text.lastIndexOf('/');
  const [database, ...options] = text.slice(slash + 1).split('?');
  if (slash < 0) return undefined;
  const fault = mysqlAddressFault(text.slice(0, slash), unknown) ?? (/%(?![0-9a-fA-F]{2})/.test(database) ? 'has a % in the name of the database that no two hexadecimal digits follow' : undefined);
  return fault ?? first(options.join('?').split('&').map(option => mysqlOptionFault(option, unknown, isDuration)));
}

function mysqlAddressFault(before: string, unknown: string): string | undefined {
  const target = before.slice(before.lastIndexOf('@') + 1);
  if (target.includes(unknown)) return undefined;
  const open = target.indexOf('(');
  if (open >= 0 && !target.endsWith(')')) return target.includes(')', open) ? 'has something between the address and the slash' : 'has an address whose parenthesis is not closed';
  const [network, address] = open < 0 ? [target, ''] : [target.slice(0, open), target.slice(open + 1, -1)];
  if (network === '' || (address === '' ? ['tcp', 'unix'] : MYSQL_NETWORKS).includes(network)) return undefined;
  return address === '' ? 'has its address outside of tcp(…)' : 'has an unknown network before its address';
}

function mysqlOptionFault(option: string, unknown: string, isDuration: (text: string) => boolean): string | undefined {
  const at = option.indexOf('=');
  const [key, value] = [option.slice(0, Math.max(at, 0)), option.slice(at + 1)];
  if (at < 0 || value.includes(unknown)) return undefined;
  const isWrong = MYSQL_BOOLEANS.includes(key) ? !MYSQL_BOOLEAN.test(value)
    : MYSQL_DURATIONS.includes(key) ? !isDuration(value)
      : key === 'maxAllowedPacket' ? !/^[+-]?\d+$/.test(value)
        : key === 'tls' ? !MYSQL_BOOLEAN.test(value) && value !== '' && !/^(skip-verify|preferred)$/i.test(value)
          : key === 'loc' ? !isTimeZone(value.replace(/%2F/gi, '/')) : key === 'serverPubKey' ? value !== ''
            : key === 'strict' || (!['charset', 'collation'].includes(key) && /%(?![0-9a-fA-F]{2})/.test(value));
  return isWrong ? `has ${key}=${value}, which the driver does not take` : undefined;
}

const POSTGRES_SETS: Readonly<Record<string, readonly string[]>> = {
  sslmode: ['disable', 'allow', 'prefer', 'require', 'verify-full', 'verify-ca'],
  sslnegotiation: ['postgres', 'direct'],
  target_session_attrs: ['any', 'read-write', 'read-only', 'primary', 'standby', 'prefer-standby'],
  datestyle: ['ISO, MDY'],
  load_balance_hosts: ['disable', 'random'],
  min_protocol_version: ['3.0', '3.2', 'latest'],
  max_protocol_version: ['3.0', '3.2', 'latest'],
  ssl_min_protocol_version: ['TLSv1.0', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'],
  ssl_max_protocol_version: ['TLSv1.0', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'],
};
const POSTGRES_BOOLEANS = ['sslsni', 'sslinline', 'binary_parameters', 'disable_prepared_binary_result'];

/** Why lib/pq refuses a connection string, a URL or a list of key=value, or undefined. What holds `unknown` may be anything. */
export function postgresFault(text: string, unknown: string, isIp: (text: string) => boolean): string | undefined {
  const settings = /^postgres(ql)?:\/\//.test(text) ? postgresUrl(text, unknown) : postgresSettings(text, unknown);
  if (typeof settings === 'string') return settings;
  return first([...settings ?? []].map(([key, value]) => (value.includes(unknown) ? undefined : postgresSettingFault(key, value, isIp))));
}

function postgresUrl(text: string, unknown: string): Map<string, string> | string {
  const fault = goUrlFault(text.replaceAll(unknown, '1'));
  // the fault itself may hold a part of the password
  if (fault) return 'is no URL that can be parsed: what is special in the password has to be escaped';
  const [, authority, query] = /^[^:]*:\/\/([^/?#]*)[^?#]*(?:\?([^#]*))?/.exec(text)!;
  const port = /:(\d+)$/.exec(authority)?.[1];
  const settings = new Map([...new URLSearchParams(`&${decodable(query ?? '')}`)].filter(([, value]) => value !== '').reverse());
  return port === undefined ? settings : settings.set('port', settings.get('port') ?? port);
}

/** Go leaves out of a query what it cannot decode. */
function decodable(query: string): string {
  return query.split('&').filter(pair => !pair.includes(';') && !/%(?![0-9a-fA-F]{2})/.test(pair)).join('&');
}

/** Reads `key=value key='va lue'`; undefined where an unknown part stands where a key has to. */
function postgresSettings(text: string, unknown: string): Map<string, string> | string | undefined {
  const settings = new Map<string, string>();
  const setting = /\s*([^\s=]*)\s*(=?)\s*(?:'((?:\\[^]|[^'\\])*)('?)|((?:\\[^]|[^\s\\])*))/y;
  while (setting.lastIndex < text.trimEnd().length) {
    const [, key, equals, quoted, quote, plain] = setting.exec(text)!;
    if (key.includes(unknown)) return undefined;
    if (equals === '') return 'is neither a list of key=value nor a postgres:// URL';
    if (quoted !== undefined && quote === '') return 'has a quote that is not closed';
    settings.set(key, (quoted ?? plain).replace(/\\([^])/g, '$1'));
  }
  return settings;
}

function postgresSettingFault(key: string, value: string, isIp: (text: string) => boolean): string | undefined {
  const isWrong = POSTGRES_SETS[key] ? !POSTGRES_SETS[key].includes(value)
    : key === 'port' ? !value.split(',').every((port, i) => (port === '' ? i > 0 : /^\d+$/.test(port) && Number(port) <= 65535))
      : key === 'hostaddr' ? !value.split(',').every((address, i) => isIp(address.replace(/%[^%]+$/, '')) || (address === '' && i > 0))
        : key === 'connect_timeout' ? !/^[+-]?\d+$/.test(value)
          : key === 'client_encoding' ? !/^(utf8|unicode)$/i.test(value.replace(/[^0-9A-Za-z]/g, ''))
            : POSTGRES_BOOLEANS.includes(key) && !/^(1|t|T|TRUE|true|True|yes|on|0|f|F|FALSE|false|False|no|off)$/.test(value);
  return isWrong ? `has ${key}=${value}, which the driver does not take` : undefined;
}

const SQLITE_BOOLEAN = /^(0|no|false|off|1|yes|true|on)$/i;
const SQLITE_OPTIONS: Readonly<Record<string, RegExp>> = {
  _mutex: /^(no|full)$/i,
  _txlock: /^(immediate|exclusive|deferred)$/i,
  _auto_vacuum: /^(0|none|1|full|2|incremental)$/i,
  _vacuum: /^(0|none|1|full|2|incremental)$/i,
  _busy_timeout: /^[+-]?\d+$/,
  _timeout: /^[+-]?\d+$/,
  _cache_size: /^[+-]?\d+$/,
  _journal: /^(delete|truncate|persist|memory|wal|off)$/i,
  _locking_mode: /^(normal|exclusive)$/i,
  _locking: /^(normal|exclusive)$/i,
  _synchronous: /^(0|off|1|normal|2|full|3|extra)$/i,
  _sync: /^(0|off|1|normal|2|full|3|extra)$/i,
  _secure_delete: /^(0|no|false|off|1|yes|true|on|fast)$/i,
  _stmt_cache_size: /^\+?\d+$/,
  cache: /^(shared|private)$/,
  mode: /^(ro|rw|rwc|memory)$/,
  vfs: /^(unix(-none|-dotfile|-excl)?|memdb)?$/,
  ...Object.fromEntries(['_case_sensitive_like', '_cslike', '_defer_foreign_keys', '_defer_fk', '_fk', '_ignore_check_constraints', '_query_only', '_recursive_triggers', '_rt',
    '_writable_schema'].map(name => [name, SQLITE_BOOLEAN])),
};

/** The short names that win over the long ones. */
const SQLITE_SHORT: Readonly<Record<string, string>> = {
  _auto_vacuum: '_vacuum',
  _busy_timeout: '_timeout',
  _case_sensitive_like: '_cslike',
  _defer_foreign_keys: '_defer_fk',
  _locking_mode: '_locking',
  _recursive_triggers: '_rt',
  _synchronous: '_sync',
};

/** Why mattn/go-sqlite3 refuses the options behind the path of a database, or undefined. */
export function sqliteOptionFault(text: string, unknown: string): string | undefined {
  const [, query] = /\?([^#]*)/.exec(text) ?? [];
  const options = new URLSearchParams(query ?? '');
  const credential = options.has('_auth') ? ['_auth_user', '_auth_pass'].find(name => !options.get(name)) : undefined;
  if (credential) return `has _auth without ${credential}`;
  const readOnly = options.get('mode') === 'ro' ? 'mode' : ['_query_only', 'immutable'].find(name => /^(1|yes|true|on)$/i.test(options.get(name) ?? ''));
  if (readOnly) return `has ${readOnly}=${options.get(readOnly)}, with which nothing can be written`;
  const isInMemory = options.get('mode') === 'memory' || /^(file:)?:memory:(\?|$)/i.test(text);
  if (isInMemory && options.get('cache') !== 'shared') return 'is a database in memory, of which each connection has its own without cache=shared';
  const zone = options.get('_loc') ?? '';
  if (zone !== 'auto' && !zone.includes(unknown) && !isTimeZone(zone)) return `has _loc=${zone}, which is no time zone`;
  return first([...new Set(options.keys())].map(name => {
    const value = options.get(name)!;
    if (!Object.prototype.hasOwnProperty.call(SQLITE_OPTIONS, name) || options.has(SQLITE_SHORT[name]) || value.includes(unknown)) return undefined;
    const isUnset = value === '' && name.startsWith('_');
    return isUnset || SQLITE_OPTIONS[name].test(value) ? undefined : `has ${name}=${value}, which the driver does not take`;
  }));
}

function first(faults: (string | undefined)[]): string | undefined {
  return faults.find(fault => fault !== undefined);
}
