import { AGENT_SETTINGS } from './agent-settings';
import { ATTESTORS } from './attestors';
import { Case } from './cases';
import { EXTERNAL_PLUGINS, SERVER_PLUGINS } from './server-plugins';
import { SERVER_SETTINGS } from './server-settings';

export const ALL_CASES: Case[] = [...SERVER_SETTINGS, ...SERVER_PLUGINS, ...EXTERNAL_PLUGINS, ...ATTESTORS, ...AGENT_SETTINGS];
