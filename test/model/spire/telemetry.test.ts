import { serverRefuses } from './configs';

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
  ['health_checks { listener_enabled = true live_path = "/{a}" ready_path = "/{b}" }', 'live_path and ready_path are both "/{a}": the process panics'],
])('fails for %s', (rest, message) => {
  expect(serverRefuses({ rest })).toEqual([message]);
});
