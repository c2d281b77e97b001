"""Parses every .java file below argv[1]; the package's Java dependencies are on no registry here, so nothing is compiled."""
import pathlib
import sys

import tree_sitter_java
from tree_sitter import Language, Parser

parser = Parser(Language(tree_sitter_java.language()))
files = sorted(pathlib.Path(sys.argv[1]).rglob("*.java"))
for file in files:
    if parser.parse(file.read_bytes()).root_node.has_error:
        sys.exit(f"{file}: does not parse")
print(len(files))
