import { Duration } from 'cdk8s';
import { HclBody } from '../../../../../formats/hcl';
import { optionalDuration, requireInteger, requirePort, requireRegion } from '../../../input';
import { awsCredentials } from '../../../plugins/credentials';
import { PluginOptions } from '../../../plugins/plugin-options';
import { PluginPod } from '../../../plugins/plugin-pod';
import { SecretRef } from '../../../secret-ref';

/**
 * What every SQL data store takes.
 */
export interface SqlOptions extends PluginOptions {
  /**
   * The DNS name of the database server; its certificate has to carry it.
   */
  readonly host: string;

  /**
   * The name of the database.
   */
  readonly database: string;

  /**
   * The DNS name of a replica for queries that may be a little late.
   *
   * @default - everything is asked of `host`
   */
  readonly readOnlyHost?: string;

  /**
   * The most open connections of each server.
   *
   * @default - 100
   */
  readonly maxOpenConnections?: number;

  /**
   * The most idle connections of each server. They are closed after 30 seconds.
   *
   * @default - 100
   */
  readonly maxIdleConnections?: number;

  /**
   * How long a connection is used before it is replaced.
   *
   * @default - for ever
   */
  readonly connectionMaxLifetime?: Duration;

  /**
   * Whether the server leaves the schema as it is. It then does not start when its release needs another one.
   *
   * @default - false, the server migrates the schema
   */
  readonly disableMigration?: boolean;
}

/**
 * What every database of Amazon RDS takes that authenticates SPIRE by IAM, without password.
 */
export interface SqlIamOptions {
  /**
   * The AWS region of the database.
   */
  readonly region: string;

  /**
   * The database user that the IAM policy allows.
   */
  readonly user: string;

  /**
   * The Secret with the keys `access_key_id` and `secret_access_key`, in the server's namespace.
   *
   * @default - the identity of the pod, see `cloudIdentity` of the server
   */
  readonly awsCredentials?: SecretRef;
}

/**
 * Refuses what would break a connection string, and limits that are none.
 */
export function requireSqlOptions(props: SqlOptions, port: number | undefined): void {
  requireWord('host', props.host);
  requireWord('database', props.database);
  requireWord('readOnlyHost', props.readOnlyHost);
  requirePort('port', port);
  requireInteger('maxOpenConnections', props.maxOpenConnections, 1);
  requireInteger('maxIdleConnections', props.maxIdleConnections, 0);
  const { maxOpenConnections: open, maxIdleConnections: idle } = props;
  if (open !== undefined && idle !== undefined && idle > open) {
    throw new Error(`maxIdleConnections ${idle} exceeds maxOpenConnections ${open}: no more stay open than are opened, lower it`);
  }
  optionalDuration('connectionMaxLifetime', props.connectionMaxLifetime);
}

/**
 * Refuses what would break the connection string of a database with IAM.
 */
export function requireSqlIamOptions(props: SqlIamOptions): void {
  requireWord('user', props.user);
  requireRegion(props.region);
}

/**
 * The hosts of the database are called.
 */
export function callDatabase(pod: PluginPod, kind: string, props: SqlOptions, port: number): void {
  pod.network.call(kind, props.host, port);
  if (props.readOnlyHost !== undefined) {
    pod.network.call(`${kind}, read only`, props.readOnlyHost, port);
  }
}

/**
 * Writes the limits of the connections.
 */
export function writeSqlOptions(data: HclBody, props: SqlOptions): void {
  data.attributes({
    max_open_conns: props.maxOpenConnections,
    max_idle_conns: props.maxIdleConnections,
    conn_max_lifetime: optionalDuration('connectionMaxLifetime', props.connectionMaxLifetime),
    disable_migration: props.disableMigration,
  });
}

/**
 * Writes the type of a database that Amazon RDS authenticates by IAM.
 */
export function writeAwsType(data: HclBody, pod: PluginPod, type: 'aws_postgres' | 'aws_mysql', props: SqlIamOptions): void {
  const block = data.block('database_type', type);
  block.attributes({ region: props.region });
  block.attributes(awsCredentials(pod, 'DATASTORE', props.awsCredentials));
}

/**
 * Refuses a word that would break a connection string.
 */
export function requireWord(name: string, value: string | undefined): void {
  if (value !== undefined && !/^[A-Za-z0-9._-]+$/.test(value)) {
    throw new Error(`${name} '${value}' cannot stand in a connection string: use letters, digits, '.', '-' and '_'${/:/.test(value) ? ', without scheme and port' : ''}`);
  }
}
