import { SERVER_NAME, SERVER_SOCKET } from './paths';

/**
 * The command that runs SPIRE's own program in the first pod of the server.
 *
 * @param kubectl kubectl with the server's namespace, and with a context where there are several clusters
 * @param takesInput whether it reads what is piped into it
 */
export function inServer(kubectl: string, command: string, takesInput = false): string {
  return `${kubectl} exec${takesInput ? ' -i' : ''} ${SERVER_NAME}-0 -c ${SERVER_NAME} -- /opt/spire/bin/spire-server ${command} -socketPath ${SERVER_SOCKET}`;
}
