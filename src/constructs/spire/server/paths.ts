/**
 * The name of the server's StatefulSet, of its pods, its container, its Service and its service account.
 */
export const SERVER_NAME = 'spire-server';

/**
 * The namespace of the server, in each cluster.
 */
export const SERVER_NAMESPACE = 'spire-server';

/**
 * The user that the server runs as.
 */
export const SERVER_USER = 1000;

/**
 * The volume with the server's socket, which is for its own pod.
 */
export const SERVER_SOCKET_VOLUME = 'server-socket';

/**
 * Where things are in the server's pod. The image is read-only but for these.
 */
export const SERVER_CONFIG_DIR = '/run/spire/server/config';
export const SERVER_CONFIG_FILE = 'server.conf';
export const SERVER_DATA_DIR = '/run/spire/server/data';
export const SERVER_SOCKET_DIR = '/run/spire/server/private';
export const SERVER_SOCKET = `${SERVER_SOCKET_DIR}/api.sock`;
export const SERVER_FILES_DIR = '/run/spire/server/files';
