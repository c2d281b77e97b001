import { readHelperConfig } from '../../../src/model/spire/helper';
import { Problems } from '../../../src/model/spire/problems';

const FILES = 'svid_file_name = "a"\nsvid_key_file_name = "b"\nsvid_bundle_file_name = "c"\n';

function told(text: string, severity: string): string[] {
  const problems = new Problems();
  readHelperConfig(text, problems);
  return problems.list.filter(problem => problem.severity === severity).map(({ message }) => message);
}

test.each([
  FILES, `${FILES}agent_address = "/run/x"`, 'jwt_bundle_file_name = "b"', 'jwt_svids = [{ jwt_audience = "a" jwt_svid_file_name = "b" }]', `${FILES}cert_file_mode = 0644`,
  `${FILES}"bogus" = 1`, `${FILES}health_checks { bind_port = -1 }`, '{"svid_file_name": "a", "svid_key_file_name": "b", "svid_bundle_file_name": "c"}',
])('spiffe-helper takes %j', text => {
  expect(told(text, 'refused')).toEqual([]);
});

test.each([
  ['', 'no file is configured: neither X.509-SVID nor JWT-SVID nor JWT bundle'],
  ['svid_file_name = "a"', 'svid_key_file_name and svid_bundle_file_name must be configured beside svid_file_name'],
  [`${FILES}certDir = "/c"`, 'unknown key "certDir" in the file'],
  [`${FILES}jwt_svids = [{ jwt_audience = "a" }]`, 'an element of jwt_svids has no jwt_svid_file_name'],
  [`${FILES}jwt_svids = [{ jwt_audience = "a" jwt_svid_file_name = "b" bogus = 1 }]`, 'unknown key "bogus" in jwt_svids'],
  [`${FILES}agent_address = "unix:///run/x"`, 'agent_address "unix:///run/x" is no absolute path'],
  [`${FILES}key_file_mode = -1`, 'key_file_mode is negative'],
  [`${FILES}pid_file_name = "/p"`, 'pid_file_name needs renew_signal'],
  [`${FILES}pid_file_name = "/p"\nrenew_signal = "SIGHUP"\ndaemon_mode = false`, 'pid_file_name cannot be used with daemon_mode = false'],
  [`${FILES}health_checks { listener_enabled = true liveness_path = "/ready" }`, 'liveness_path and readiness_path are both "/ready": the process panics'],
])('fails for %j', (text, message) => {
  expect(told(text, 'refused')).toEqual([message]);
});

test('what has no effect is a warning', () => {
  expect(told(`${FILES}cmd = "nginx"\ndaemon_mode = false`, 'warning')).toEqual(['cmd is ignored with daemon_mode = false']);
  expect(told(`${FILES}health_checks { live_path = "/l" }`, 'warning')).toEqual(['unknown key "live_path" in health_checks']);
});
