#!/bin/sh
# `npm start` wherever there is a shell: prepares, then becomes the program, so that no launcher waits beside it.
node=$(node scripts/prepare.js) || exit $?
exec "$node" bin/parley.js serve "$@"
