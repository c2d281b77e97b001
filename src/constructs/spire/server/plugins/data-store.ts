import { Plugin } from '../../plugins/plugin';
import { SERVER_DATA_DIR } from '../paths';
import { awsMysql, AwsMysqlDataStoreProps, mysql, MysqlDataStoreProps } from './data-store/mysql';
import { awsPostgres, AwsPostgresDataStoreProps, postgres, PostgresDataStoreProps } from './data-store/postgres';

/**
 * Where the SPIRE server keeps entries, bundles, attested nodes and its CA journal.
 */
export class DataStore {
  /**
   * SQLite on the server's own volume. One replica only.
   */
  public static sqlite(): DataStore {
    return new DataStore(false, {
      type: 'DataStore',
      name: 'sql',
      configure: (data) => data.attributes({ database_type: 'sqlite3', connection_string: `${SERVER_DATA_DIR}/datastore.sqlite3` }),
    });
  }

  /**
   * A PostgreSQL database that several replicas share, reached over verified TLS.
   *
   * The password comes from a Secret and reaches the configuration as environment variable. Throws when host or database cannot stand in
   * a connection string.
   *
   * @param props host, database and credentials
   */
  public static postgres(props: PostgresDataStoreProps): DataStore {
    return new DataStore(true, postgres(props));
  }

  /**
   * A PostgreSQL database of Amazon RDS that several replicas share and that knows SPIRE by IAM.
   *
   * Throws when host, database, user or region cannot stand in a connection string.
   *
   * @param props host, database, region and user
   */
  public static awsPostgres(props: AwsPostgresDataStoreProps): DataStore {
    return new DataStore(true, awsPostgres(props));
  }

  /**
   * A MySQL database that several replicas share, reached over verified TLS.
   *
   * The password comes from a Secret and reaches the configuration as environment variable. Throws when host or database cannot stand in
   * a connection string.
   *
   * @param props host, database and credentials
   */
  public static mysql(props: MysqlDataStoreProps): DataStore {
    return new DataStore(true, mysql(props));
  }

  /**
   * A MySQL database of Amazon RDS that several replicas share and that knows SPIRE by IAM.
   *
   * Throws when host, database, user or region cannot stand in a connection string.
   *
   * @param props host, database, region and user
   */
  public static awsMysql(props: AwsMysqlDataStoreProps): DataStore {
    return new DataStore(true, awsMysql(props));
  }

  /**
   * Whether several servers can use it at once.
   */
  public readonly shared: boolean;

  private readonly plugin: Plugin;

  private constructor(shared: boolean, plugin: Plugin) {
    this.shared = shared;
    this.plugin = plugin;
  }

  /**
   * @internal
   */
  public _plugin(): Plugin {
    return this.plugin;
  }
}
