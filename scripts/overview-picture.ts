import { parseAllDocuments } from 'yaml';

/**
 * Draws what a synthesis wrote: the stages of the roll-out with their objects, and who may call whom by the policies in them.
 */
export function overviewPicture(files: { readonly [path: string]: string }): string {
  const manifests = Object.entries(files).filter(([path]) => path.endsWith('.k8s.yaml'))
    .map(([path, text]) => ({ stage: path.split('/')[1], objects: parseAllDocuments(text).map((document) => document.toJS()) }));
  const stages = [...new Set(manifests.map((manifest) => manifest.stage))].sort();
  const objects = manifests.flatMap((manifest) => manifest.objects);
  const height = stages.length * 44 + 74;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 980 ${height}" font-family="system-ui, sans-serif" font-size="13">`,
    '<style>text{fill:#24292f}.dim{fill:#57606a;font-size:11px}.box{fill:#fff;stroke:#8c959f}.stage{fill:#eef4ff;stroke:#6a8fd8}.edge{fill:none;stroke:#2f7d5b;stroke-width:1.5}'
      + '.head{font-weight:600;font-size:15px}</style>',
    '<defs><marker id="arrow" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z" fill="#2f7d5b"/></marker></defs>',
    `<rect width="980" height="${height}" fill="#fbfbfd" rx="8"/>`,
    '<text class="head" x="24" y="34">applied in this order</text>',
    ...stages.flatMap((stage, index) => drawStage(stage, index, manifests.filter((manifest) => manifest.stage === stage).flatMap((one) => one.objects))),
    '<text class="head" x="400" y="34">who may call whom; all else is denied</text>',
    ...drawCalls(objects, height),
    '</svg>',
    '',
  ].join('\n');
}

function drawStage(stage: string, index: number, objects: any[]): string[] {
  const y = 54 + index * 44;
  const kinds = [...new Set(objects.map((object) => object.kind as string))];
  const few = kinds.filter((_, position) => kinds.slice(0, position + 1).join(', ').length < 44);
  const shown = few.join(', ') + (kinds.length > few.length ? `, ${kinds.length - few.length} more` : '');
  return [
    `<rect class="stage" x="24" y="${y}" width="340" height="36" rx="6"/>`,
    `<text x="36" y="${y + 16}">${stage}</text>`,
    `<text class="dim" x="352" y="${y + 16}" text-anchor="end">${objects.length} ${objects.length === 1 ? 'object' : 'objects'}</text>`,
    `<text class="dim" x="36" y="${y + 30}">${shown}</text>`,
  ];
}

interface Call { readonly source: string; readonly destination: string; readonly what: string }

function drawCalls(objects: any[], height: number): string[] {
  const calls = objects.filter((object) => object.kind === 'AuthorizationPolicy').flatMap(callsOf);
  const names = [...new Set(calls.flatMap((call) => [call.source, call.destination]))];
  const depth = (name: string): number => Math.max(0, ...calls.filter((call) => call.destination === name).map((call) => depth(call.source) + 1));
  const columns = names.reduce<{ [depth: number]: string[] }>((all, name) => ({ ...all, [depth(name)]: [...(all[depth(name)] ?? []), name].sort() }), {});
  const place = (name: string) => {
    const column = columns[depth(name)];
    const step = (height - 80) / column.length;
    return { x: 400 + depth(name) * 152, y: 60 + step * (column.indexOf(name) + 0.5) };
  };
  return [
    ...calls.map((call) => drawCall(call, place(call.source), place(call.destination))),
    ...names.map((name) => {
      const { x, y } = place(name);
      return `<rect class="box" x="${x}" y="${y - 16}" width="108" height="32" rx="6"/><text x="${x + 54}" y="${y + 4}" text-anchor="middle">${short(name)}</text>`;
    }),
  ];
}

function drawCall(call: Call, from: { x: number; y: number }, to: { x: number; y: number }): string {
  const [x1, x2] = [from.x + 108, to.x];
  const middle = (x1 + x2) / 2;
  return `<path class="edge" marker-end="url(#arrow)" d="M${x1} ${from.y}C${middle} ${from.y} ${middle} ${to.y} ${x2} ${to.y}"><title>${call.what}</title></path>`;
}

function callsOf(policy: any): Call[] {
  const destination = Object.values(policy.spec.selector?.matchLabels ?? {}).join('-');
  return (policy.spec.rules ?? []).flatMap((rule: any) => (rule.from ?? []).flatMap((from: any) => from.source.principals.map((principal: string) => ({
    source: principal.split('/sa/')[1],
    destination,
    what: rule.to.map(({ operation }: any) => `${(operation.methods ?? ['any method']).join(' ')} ${(operation.paths ?? ['any path']).join(' ')}`).join(', '),
  }))));
}

function short(name: string): string {
  return name.replace('istio-', '');
}
