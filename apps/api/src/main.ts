#!/usr/bin/env node
import { newId } from '#kernel'

console.log(newId())
