import { callDatabase, requireSqlIamOptions, requireSqlOptions, SqlIamOptions, SqlOptions, writeAwsType, writeSqlOptions } from './sql-options';
import { HclTemplate, HclValue } from '../../../../../formats/hcl';
import { requireProps } from '../../../../../identity/require-props';
import { FileRef } from '../../../file-ref';
import { Plugin } from '../../../plugins/plugin';
import { PluginPod } from '../../../plugins/plugin-pod';
import { writeRawData } from '../../../plugins/raw-data';
import { SecretRef } from '../../../secret-ref';

/**
 * Where a PostgreSQL database is, and how it is recognized.
 */
export interface PostgresOptions extends SqlOptions {
  /**
   * The port of the database server.
   *
   * @default - 5432
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
 * A PostgreSQL database for SPIRE.
 */
export interface PostgresDataStoreProps extends PostgresOptions {
  /**
   * The Secret with the keys `username` and `password`, in the server's namespace.
   *
   * The password reaches the configuration as it is: it must not have quotes, backslashes or white space.
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
 * A PostgreSQL database of Amazon RDS that authenticates SPIRE by IAM, without password.
 */
export interface AwsPostgresDataStoreProps extends PostgresOptions, SqlIamOptions {}

/**
 * A PostgreSQL database, reached over verified TLS with user and password.
 */
export function postgres(props: PostgresDataStoreProps): Plugin {
  requireProps('DataStore.postgres', props, { host: 'text', database: 'text', credentials: 'SecretRef', certificateAuthority: 'FileRef?', clientCertificate: 'SecretRef?' });
  requireSqlOptions(props, props.port);
  return {
    type: 'DataStore',
    name: 'sql',
    configure: (data, pod) => {
      callDatabase(pod, 'PostgreSQL', props, portOf(props));
      const user = pod.secret('DATASTORE_USERNAME', props.credentials, 'username');
      const password = pod.secret('DATASTORE_PASSWORD', props.credentials, 'password');
      const tls = `${rootCertificate(pod, props)}${clientCertificate(pod, props.clientCertificate)}`;
      const connect = (host: string): HclValue => new HclTemplate([`${address(host, props)}${tls} user=`, user, ' password=', password]);
      data.attributes({
        database_type: 'postgres',
        connection_string: connect(props.host),
        ro_connection_string: props.readOnlyHost && connect(props.readOnlyHost),
      });
      writeSqlOptions(data, props);
      writeRawData(data, props.additionalData, OWNED);
    },
  };
}

/**
 * A PostgreSQL database of Amazon RDS.
 */
export function awsPostgres(props: AwsPostgresDataStoreProps): Plugin {
  requireProps('DataStore.awsPostgres', props, { host: 'text', database: 'text', region: 'text', user: 'text', certificateAuthority: 'FileRef?' });
  requireSqlOptions(props, props.port);
  requireSqlIamOptions(props);
  return {
    type: 'DataStore',
    name: 'sql',
    configure: (data, pod) => {
      callDatabase(pod, 'PostgreSQL', props, portOf(props));
      const root = rootCertificate(pod, props);
      const connect = (host: string) => `${address(host, props)}${root} user=${props.user}`;
      writeAwsType(data, pod, 'aws_postgres', props);
      data.attributes({ connection_string: connect(props.host), ro_connection_string: props.readOnlyHost && connect(props.readOnlyHost) });
      writeSqlOptions(data, props);
      writeRawData(data, props.additionalData, OWNED);
    },
  };
}

const OWNED = [
  'database_type', 'connection_string', 'ro_connection_string', 'max_open_conns', 'max_idle_conns', 'conn_max_lifetime', 'disable_migration',
];

function portOf(props: PostgresOptions): number {
  return props.port ?? 5432;
}

function address(host: string, props: PostgresOptions): string {
  return `host=${host} port=${portOf(props)} dbname=${props.database} sslmode=verify-full`;
}

function rootCertificate(pod: PluginPod, { certificateAuthority }: PostgresOptions): string {
  return certificateAuthority ? ` sslrootcert=${pod.file(certificateAuthority, 'datastore-ca.crt')}` : '';
}

function clientCertificate(pod: PluginPod, secret: SecretRef | undefined): string {
  return secret
    ? ` sslcert=${pod.file(FileRef.secret(secret, 'tls.crt'), '')} sslkey=${pod.file(FileRef.secret(secret, 'tls.key'), '')}`
    : '';
}
