import { checkIds, checkSocketPath, checkUnknown } from './common';
import { Problems } from './problems';
import { isTcpAddress } from './values';
import { Block } from '../../formats/hcl/reader';

/** The agent's `experimental.broker` block. */
export function checkBroker(broker: Block, problems: Problems): void {
  checkUnknown('experimental.broker', broker, problems);
  const address = broker.text('bind_address');
  checkSocketPath(broker, 'socket_path', problems);
  if (broker.text('socket_path') === '' && address === '') {
    problems.refuse('value', 'experimental.broker has neither socket_path nor bind_address', broker.position);
  }
  if (address !== '' && !isTcpAddress(address)) problems.refuse('value', `experimental.broker.bind_address "${address}" is no host:port`, broker.at('bind_address'));
  const brokers = broker.blocks('brokers');
  if (brokers.length === 0) problems.refuse('value', 'experimental.broker has no brokers', broker.position);
  const seen = new Set<string>();
  for (const entry of brokers) {
    checkUnknown('experimental.broker.brokers', entry, problems);
    const id = entry.text('id');
    checkIds([id], 'experimental.broker.brokers id', entry.at('id'), problems);
    if (seen.has(id)) problems.refuse('value', `broker id "${id}" is given twice`, entry.at('id'));
    seen.add(id);
    checkTypes(entry, id, problems);
  }
}

function checkTypes(entry: Block, id: string, problems: Problems): void {
  const types = entry.blocks('allowed_reference_types');
  if (types.length === 0) problems.refuse('value', `broker "${id}" has no allowed_reference_types`, entry.position);
  for (const type of types) {
    checkUnknown('allowed_reference_types', type, problems);
    if (type.text('type_url') === '') problems.refuse('value', `broker "${id}" has a reference type without type_url`, type.position);
    if (type.text('type_url') === '*' && types.length > 1) problems.refuse('value', `broker "${id}": "*" must be the only reference type`, type.position);
  }
}
