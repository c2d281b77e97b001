// Writes docs/rules.md from the rules themselves. Run it with `node scripts/rules.js`.
const { writeFileSync, mkdirSync } = require('fs');
const { join } = require('path');

// an old compiled lib/ would write an old page
require('ts-node').register({ transpileOnly: true });
const { rulesTable } = require('../src/checks/rules-table');

const folder = join(__dirname, '..', 'docs');
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'rules.md'), rulesTable());
