import { startCluster } from './postgres/cluster.ts'
import { createDatabase } from './postgres/databases.ts'
import { createScim } from '../src/index.ts'
import pg from 'pg'
const c = await startCluster({own:true, settings: {session_preload_libraries:'auto_explain','auto_explain.log_min_duration':'30ms','auto_explain.log_analyze':'on'} as never})
const d=await createDatabase(c.url)
const scim=await createScim({database:d.url, publicUrl:'https://x.example'})
await scim.workspaces.create('acme',{name:'A',scim:true})
const cl=new pg.Client(d.url); await cl.connect()
await cl.query("load 'auto_explain'").catch(e=>console.log(e.message))
let last=performance.now()
const people=Array.from({length:8000},(_,i)=>({id:`usr_p${i}`,userName:`p${i}@acme.example`,displayName:`P ${i}`,emails:[{value:`p${i}@acme.example`,verified:true,primary:true}]}))
await scim.people.upsert('acme',people,{onProgress:(n)=>{ if(n%1000===0){console.log(n,(performance.now()-last).toFixed(0)); last=performance.now()}}})
const { rows } = await cl.query("select relname, seq_scan, seq_tup_read, idx_scan from pg_stat_user_tables order by 3 desc limit 8"); console.table(rows)
console.log(String(c.log).slice(0,300)); import('node:fs').then(fs=>{ try { console.log(fs.readFileSync(c.log as never,'utf8').slice(-9000)) } catch(e) {console.log(e)} }); await new Promise(r=>setTimeout(r,300)); await scim.close(); await cl.end(); await c.stop()
