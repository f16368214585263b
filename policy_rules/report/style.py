"""The style sheet and the script of a report in HTML: plain ones, for browsers of 2020."""

from typing import Final

STYLE: Final = """
:root{--ink:#1d2430;--dim:#5b6675;--line:#d5dae1;--soft:#f4f6f9;--brand:#1f4e8c;
--green:#1a7f4b;--yellow:#a86500;--red:#b3261e;--grey:#6b7280;
--green-b:#e3f4ea;--yellow-b:#fdf0d7;--red-b:#fbe4e2;--grey-b:#eceef1}
*{box-sizing:border-box}
body{margin:0;color:var(--ink);background:#fff;font:15px/1.65 "Noto Sans CJK SC",
"Source Han Sans SC","Microsoft YaHei","PingFang SC","WenQuanYi Micro Hei",system-ui,sans-serif}
header,main,footer{max-width:1200px;margin:0 auto;padding:0 20px}
header{padding-top:28px}
h1{font-size:26px;line-height:1.3;margin:0 0 6px;color:var(--brand)}
h2{font-size:20px;margin:36px 0 10px;padding-bottom:4px;border-bottom:2px solid var(--brand)}
h3{font-size:17px;margin:24px 0 8px}
h4{font-size:15px;margin:20px 0 4px}
header p{margin:2px 0;color:var(--dim)}
p.note{color:var(--dim);font-size:13.5px;margin:6px 0}
nav{position:sticky;top:0;z-index:2;background:#fff;border-bottom:1px solid var(--line)}
nav ul{max-width:1200px;margin:0 auto;padding:8px 20px;list-style:none;display:flex;flex-wrap:wrap}
nav li{margin-right:16px}
nav a{color:var(--brand);text-decoration:none;white-space:nowrap}
h2,h3,h4{scroll-margin-top:76px}
.wrap{overflow-x:auto;margin:8px 0 16px}
table{border-collapse:collapse;width:100%;font-size:14px}
th,td{padding:5px 8px;border:1px solid var(--line);text-align:left;vertical-align:top}
th{background:var(--soft);font-weight:600}
th.sorts{cursor:pointer}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}
th.n{min-width:4.4em}
td.n{white-space:nowrap}
td.t{min-width:6.8em}
td.w{min-width:16em}
td.s{white-space:nowrap}
tr.title td{background:var(--soft);font-weight:600}
.green{color:var(--green)}.yellow{color:var(--yellow)}.red{color:var(--red)}.grey{color:var(--grey)}
td.green{background:var(--green-b)}td.yellow{background:var(--yellow-b)}
td.red{background:var(--red-b)}td.grey{background:var(--grey-b)}
svg{vertical-align:middle;margin-left:6px}
tr.why td{padding:0 8px;border-top:0}
details{margin:2px 0}
summary{cursor:pointer;color:var(--brand);font-size:13px}
pre{margin:4px 0 8px;padding:8px 10px;background:var(--soft);white-space:pre-wrap;
overflow-wrap:anywhere;font:13px/1.6 inherit;font-family:inherit}
input.filter{margin:8px 0 0;padding:5px 8px;width:min(100%,22em);border:1px solid var(--line);
border-radius:4px;font:inherit}
footer{color:var(--dim);font-size:13px;padding-top:24px;padding-bottom:40px}
@media (max-width:600px){body{font-size:14px}h1{font-size:21px}header,main,footer{padding:0 12px}
nav ul{padding:6px 12px;flex-wrap:nowrap;overflow-x:auto}th,td{padding:4px 6px}
td.t{min-width:6.4em}td.w{min-width:20em}svg{display:none}}
@media print{@page{size:A4;margin:18mm 14mm}nav,input.filter{display:none}
body{font-size:10.5pt}table{font-size:9pt}.wrap{overflow:visible}th.n{min-width:4em}td.t{min-width:5em}
th,td{padding:4px}td.w{min-width:14em}svg{display:none}
h2,h3,h4{break-after:avoid}tr{break-inside:avoid}details:not([open]){display:none}
header,main,footer{max-width:none;padding:0}}
"""

SCRIPT: Final = """
(function(){
function text(row,at){return row.cells[at]?row.cells[at].textContent.trim():""}
function number(words){
var found=/-?\\d+(\\.\\d+)?/.exec(words.replace(/(\\d),(?=\\d{3})/g,"$1"));
return found?parseFloat(found[0]):null}
function groups(body){var all=[],last=null;Array.prototype.forEach.call(body.rows,function(row){
if(row.className==="why"&&last){last.push(row)}else{last=[row];all.push(last)}});return all}
Array.prototype.forEach.call(document.querySelectorAll("table[data-sortable]"),function(table){
var body=table.tBodies[0];
Array.prototype.forEach.call(table.tHead.rows[0].cells,function(head,at){
head.className+=" sorts";head.tabIndex=0;var up=false;
function sort(){up=!up;var all=groups(body);all.sort(function(a,b){
var x=text(a[0],at),y=text(b[0],at),m=number(x),n=number(y);
var found=m!==null&&n!==null?m-n:x.localeCompare(y,document.documentElement.lang);
return up?found:-found});
all.forEach(function(rows){rows.forEach(function(row){body.appendChild(row)})})}
head.addEventListener("click",sort);
head.addEventListener("keydown",function(event){if(event.key==="Enter"){sort()}})});
if(groups(body).length>8){var box=document.createElement("input");box.className="filter";
box.type="search";box.placeholder=document.documentElement.getAttribute("data-filter");
box.setAttribute("aria-label",box.placeholder);
box.addEventListener("input",function(){var wanted=box.value.trim().toLowerCase();
groups(body).forEach(function(rows){
var shown=!wanted||rows[0].textContent.toLowerCase().indexOf(wanted)>=0;
rows.forEach(function(row){row.style.display=shown?"":"none"})})});
table.parentNode.parentNode.insertBefore(box,table.parentNode)}})})();
"""
