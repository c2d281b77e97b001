import { Level } from '../../finding';
import { Rule } from '../../rule';
import { schemaFaults } from '../../schema-faults';
import { DEFINITIONS } from '../../schemas';

export const inputSchema: Rule = {
  id: 'INPUT-SCHEMA',
  level: Level.ERROR,
  title: 'an object lacks a field, misspells one, or has a value that its definition does not take',
  why: 'the API server refuses it, or, where validation is off, drops the field in silence',
  fix: 'write the field as the definition of the kind has it',
  source: DEFINITIONS,
  check: (system, report) => {
    for (const { manifest, path, message, isOfVersion, isToldElsewhere } of schemaFaults(system)) {
      if (!isOfVersion && !isToldElsewhere) report.at(manifest, path, message);
    }
  },
};
