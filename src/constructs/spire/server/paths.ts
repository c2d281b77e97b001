/**
 * Where things are in the server's pod. The image is read-only but for these.
 */
export const SERVER_CONFIG_DIR = '/run/spire/server/config';
export const SERVER_CONFIG_FILE = 'server.conf';
export const SERVER_DATA_DIR = '/run/spire/server/data';
export const SERVER_SOCKET_DIR = '/run/spire/server/private';
export const SERVER_SOCKET = `${SERVER_SOCKET_DIR}/api.sock`;
export const SERVER_FILES_DIR = '/run/spire/server/files';
