#!/usr/bin/env node
require('../../lab/preload.cjs')
require('./main.ts').main()
