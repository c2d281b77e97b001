/**
 * Where things are in the agent's pod.
 */
export const AGENT_CONFIG_DIR = '/run/spire/agent/config';
export const AGENT_CONFIG_FILE = 'agent.conf';
export const AGENT_DATA_DIR = '/run/spire/agent/data';
export const AGENT_FILES_DIR = '/run/spire/agent/files';
export const AGENT_BUNDLE_DIR = '/run/spire/agent/bundle';
export const AGENT_TOKEN_DIR = '/run/spire/agent/token';
export const AGENT_TOKEN_FILE = 'spire-agent';
export const NODE_ADDRESS_VARIABLE = 'MY_NODE_ADDRESS';

/**
 * The name of the DaemonSet and of its service account, and the label of the pods.
 */
export const AGENT_NAME = 'spire-agent';

/**
 * The token by which an agent in Kubernetes shows the server who it is: whom it is for, and how long it lives.
 */
export const AGENT_TOKEN_AUDIENCE = 'spire-server';
export const AGENT_TOKEN_SECONDS = 7200;
