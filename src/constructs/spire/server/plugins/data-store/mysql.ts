import { callDatabase, requireSqlIamOptions, requireSqlOptions, SqlIamOptions, SqlOptions, writeAwsType, writeSqlOptions } from './sql-options';
import { HclTemplate, HclValue } from '../../../../../formats/hcl';
import { requireProps } from '../../../../../identity/require-props';
import { FileRef } from '../../../file-ref';
import { Plugin } from '../../../plugins/plugin';
import { PluginPod } from '../../../plugins/plugin-pod';
import { writeRawData } from '../../../plugins/raw-data';
import { SecretRef } from '../../../secret-ref';

/**
 * Where a MySQL database is, and how it is recognized.
 */
export interface MysqlOptions extends SqlOptions {
  /**
   * The port of the database server.
   *
   * @default - 3306
   */
  readonly port?: number;

  /**
   * The certificate authority of the database server, as PEM.
   *
   * @default - the certificate has to come from an authority that the image trusts
   */
  readonly certificateAuthority?: FileRef;
}

/**
 * A MySQL database for SPIRE.
 */
export interface MysqlDataStoreProps extends MysqlOptions {
  /**
   * The Secret with the keys `username` and `password`, in the server's namespace.
   *
   * The password reaches the configuration as it is: it must not have quotes or backslashes.
   */
  readonly credentials: SecretRef;

  /**
   * The Secret with the keys `tls.crt` and `tls.key`: the certificate that the database server asks for, in the server's namespace.
   *
   * @default - no client certificate
   */
  readonly clientCertificate?: SecretRef;
}

/**
 * A MySQL database of Amazon RDS that authenticates SPIRE by IAM, without password.
 */
export interface AwsMysqlDataStoreProps extends MysqlOptions, SqlIamOptions {}

/**
 * A MySQL database, reached over verified TLS with user and password.
 */
export function mysql(props: MysqlDataStoreProps): Plugin {
  requireProps('DataStore.mysql', props, { host: 'text', database: 'text', credentials: 'SecretRef', certificateAuthority: 'FileRef?', clientCertificate: 'SecretRef?' });
  requireSqlOptions(props, props.port);
  return {
    type: 'DataStore',
    name: 'sql',
    configure: (data, pod) => {
      callDatabase(pod, 'MySQL', props, portOf(props));
      const user = pod.secret('DATASTORE_USERNAME', props.credentials, 'username');
      const password = pod.secret('DATASTORE_PASSWORD', props.credentials, 'password');
      const custom = props.certificateAuthority !== undefined || props.clientCertificate !== undefined;
      const connect = (host: string): HclValue => new HclTemplate([user, ':', password, address(host, props, custom ? '' : '&tls=true')]);
      data.attributes({
        database_type: 'mysql',
        connection_string: connect(props.host),
        ro_connection_string: props.readOnlyHost && connect(props.readOnlyHost),
      });
      const client = props.clientCertificate;
      data.attributes({
        root_ca_path: rootCa(pod, props),
        client_cert_path: client && pod.file(FileRef.secret(client, 'tls.crt'), ''),
        client_key_path: client && pod.file(FileRef.secret(client, 'tls.key'), ''),
      });
      writeSqlOptions(data, props);
      writeRawData(data, props.additionalData, OWNED);
    },
  };
}

/**
 * A MySQL database of Amazon RDS.
 */
export function awsMysql(props: AwsMysqlDataStoreProps): Plugin {
  requireProps('DataStore.awsMysql', props, { host: 'text', database: 'text', region: 'text', user: 'text', certificateAuthority: 'FileRef?' });
  requireSqlOptions(props, props.port);
  requireSqlIamOptions(props);
  return {
    type: 'DataStore',
    name: 'sql',
    configure: (data, pod) => {
      callDatabase(pod, 'MySQL', props, portOf(props));
      // IAM sends a token as password, in clear text inside of TLS
      const tls = `&allowCleartextPasswords=1${props.certificateAuthority ? '' : '&tls=true'}`;
      const connect = (host: string) => `${props.user}:${address(host, props, tls)}`;
      writeAwsType(data, pod, 'aws_mysql', props);
      data.attributes({ connection_string: connect(props.host), ro_connection_string: props.readOnlyHost && connect(props.readOnlyHost) });
      data.attribute('root_ca_path', rootCa(pod, props));
      writeSqlOptions(data, props);
      writeRawData(data, props.additionalData, OWNED);
    },
  };
}

const OWNED = [
  'database_type', 'connection_string', 'ro_connection_string', 'root_ca_path', 'client_cert_path', 'client_key_path', 'max_open_conns',
  'max_idle_conns', 'conn_max_lifetime', 'disable_migration',
];

function portOf(props: MysqlOptions): number {
  return props.port ?? 3306;
}

function address(host: string, props: MysqlOptions, tls: string): string {
  return `@tcp(${host}:${portOf(props)})/${props.database}?parseTime=true${tls}`;
}

function rootCa(pod: PluginPod, props: MysqlOptions): string | undefined {
  return pod.file(props.certificateAuthority, 'datastore-ca.crt');
}
