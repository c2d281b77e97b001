import { serverRefuses } from './configs';
import { Problems } from '../../../src/model/spire/problems';
import { readServerConfig } from '../../../src/model/spire/server';

test.each([
  'telemetry { M3 = [{ address = "localhost:9000" env = "prod" }] }', 'telemetry { M3 = [{ env = "prod" }] }', 'telemetry { DogStatsd = [{ address = "localhost" }, { address = "unix:///run/dd.sock" }] }',
  'telemetry { Statsd = [{ address = "anything" }] }', 'health_checks { listener_enabled = true live_path = " /live" ready_path = "host/ready" }', 'health_checks { live_path = "live" }',
])('a process takes %s', rest => {
  expect(serverRefuses({ rest })).toEqual([]);
});

test.each([
  ['telemetry { M3 = [{ address = "localhost" env = "prod" }] }', 'telemetry.M3: "localhost" is no host:port'],
  ['telemetry { DogStatsd = [{ address = "http://dd:8125" }] }', 'telemetry.DogStatsd: "http://dd:8125" is no host:port'],
  ['telemetry { DogStatsd = [{}] }', 'telemetry.DogStatsd: "" is no host:port'],
  ['health_checks { listener_enabled = true live_path = "live" }', 'live_path "live" makes the process panic: there is no slash'],
  ['health_checks { listener_enabled = true live_path = "/{a}" ready_path = "/{b}" }', 'live_path and ready_path ("/{a}" and "/{b}") match the same paths: the process panics'],
  ['health_checks { listener_enabled = true live_path = "/a/{b}/c" ready_path = "/a/b/{c}" }', 'live_path and ready_path ("/a/{b}/c" and "/a/b/{c}") match the same paths: the process panics'],
])('fails for %s', (rest, message) => {
  expect(serverRefuses({ rest })).toEqual([message]);
});

test('where nothing can listen the process runs on', () => {
  const warned = (rest: string): string[] => {
    const problems = new Problems();
    readServerConfig(`server { trust_domain = "example.org" data_dir = "/d" }\nplugins { DataStore "sql" { plugin_data { database_type = "sqlite3" connection_string = "/d/x" } } KeyManager "memory" {} }\n${rest}`, problems);
    return problems.list.map(({ severity, message }) => `${severity}: ${message}`);
  };
  expect(warned('telemetry { Prometheus {} }')).toEqual(['warning: telemetry.Prometheus has no port: the metrics are on another one at each start']);
  expect(warned('telemetry { Prometheus { port = 99880 } }')).toEqual(['warning: telemetry.Prometheus cannot listen at localhost:99880: the process runs without metrics']);
  expect(warned('telemetry { Prometheus { host = "::1" port = 9988 } }')).toEqual(['warning: telemetry.Prometheus cannot listen at ::1:9988: the process runs without metrics']);
  expect(warned('telemetry { Prometheus { host = "[::1]" port = 9988 } }')).toEqual([]);
  expect(warned('health_checks { listener_enabled = true bind_address = "0.0.0.0:80" }')).toEqual(['warning: bind_address "0.0.0.0:80" is no IP address and no name: the process runs without health checks']);
  expect(warned('health_checks { listener_enabled = true bind_port = "80800" }')).toEqual(['warning: bind_port "80800" is no port: the process runs without health checks']);
  expect(warned('health_checks { listener_enabled = true bind_address = "::" bind_port = "http" }')).toEqual([]);
  expect(warned('health_checks { bind_port = "no" }')).toEqual([]);
});
