import { Level } from '../../finding';
import { Rule } from '../../rule';
import { schemaFaults } from '../../schema-faults';
import { DEFINITIONS } from '../../schemas';

export const inputUnknownField: Rule = {
  id: 'INPUT-UNKNOWN-FIELD',
  level: Level.WARNING,
  title: 'a custom resource has a field that the definition of the version told does not have',
  why: 'an API server with that definition refuses it, or, where validation is off, drops the field in silence',
  fix: 'write the field as the CustomResourceDefinition of your version has it, or remove it',
  source: DEFINITIONS,
  check: (system, report) => {
    for (const { manifest, path, message, isOfVersion, isToldElsewhere } of schemaFaults(system)) {
      if (isOfVersion && !isToldElsewhere) report.at(manifest, path, message);
    }
  },
};
