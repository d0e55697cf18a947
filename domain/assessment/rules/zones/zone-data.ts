/** Written by `npm run zones`: the IANA time zone database of this version. */
export const ZONES_VERSION = '2026c';

/** By group: offset of 2010 and changes since, rule of later years, names; see zone-table.ts. */
export const ZONE_DATA = `
0|0|Africa/Abidjan Africa/Accra Africa/Bamako Africa/Banjul Africa/Bissau Africa/Conakry Africa/Dakar Africa/Freetown
Africa/Lome Africa/Monrovia Africa/Nouakchott Africa/Ouagadougou Africa/Timbuktu America/Danmarkshavn
Atlantic/Reykjavik Atlantic/St_Helena Etc/GMT Etc/GMT+0 Etc/GMT-0 Etc/GMT0 Etc/Greenwich Etc/UCT Etc/UTC Etc/Universal
Etc/Zulu GMT GMT+0 GMT-0 GMT0 Greenwich Iceland UCT UTC Universal Zulu; 180|180|Africa/Addis_Ababa Africa/Asmara
Africa/Asmera Africa/Dar_es_Salaam Africa/Djibouti Africa/Kampala Africa/Mogadishu Africa/Nairobi Antarctica/Syowa
Asia/Aden Asia/Baghdad Asia/Bahrain Asia/Kuwait Asia/Qatar Asia/Riyadh Etc/GMT-3 Indian/Antananarivo Indian/Comoro
Indian/Mayotte; 60|60|Africa/Algiers Africa/Bangui Africa/Brazzaville Africa/Douala Africa/Kinshasa Africa/Lagos
Africa/Libreville Africa/Luanda Africa/Malabo Africa/Ndjamena Africa/Niamey Africa/Porto-Novo Africa/Tunis Etc/GMT-1;
120|120|Africa/Blantyre Africa/Bujumbura Africa/Gaborone Africa/Harare Africa/Johannesburg Africa/Kigali
Africa/Lubumbashi Africa/Lusaka Africa/Maputo Africa/Maseru Africa/Mbabane Etc/GMT-2; 120 cmlgo 180 cprv0 120 cqp8o
180 crcj0 120 dw6ko 180 dxh70 120 dyk4o 180 e0ab0 120 gp2so 180|120 180 4.5.5/0 10.5.4/1440|Africa/Cairo Egypt; 0
cmns0 60 cpomc 0 cx140 60 d0pac 0 d94rc 60 dbnvc 0 dcmbc 60 ddvvc 0 dkd7c 60 dmizc 0 dnkrc 60 dpzfc 0 duqjc 60 dxijc 0
dylfc 60 e17vc 0 e5yzc 60 e8cjc 0 e9ffc 60 ecgbc 0 eh7fc 60 ejd7c 0 ekg3c 60 enwjc 0 esfvc 60 eu63c 0 evgrc 60 ez4zc 0
f3obc 60 f56rc 0 f69nc 60 fg7fc 0 fhabc 60 fr0bc 0 fsazc 60 g20zc 0 g33vc 60 gctvc 0 ge4jc 60 gnujc 0 goxfc 60 gyv7c 0
gzy3c 60 h9o3c 0 hayrc 60 hkorc 0 hlrnc 60 hrdto 0|0|Africa/Casablanca Africa/El_Aaiun; 120|60 120 3.5.0/120
10.5.0/180|Africa/Ceuta Arctic/Longyearbyen Atlantic/Jan_Mayen CET Europe/Amsterdam Europe/Andorra Europe/Belgrade
Europe/Berlin Europe/Bratislava Europe/Brussels Europe/Budapest Europe/Busingen Europe/Copenhagen Europe/Gibraltar
Europe/Ljubljana Europe/Luxembourg Europe/Madrid Europe/Malta Europe/Monaco Europe/Oslo Europe/Paris Europe/Podgorica
Europe/Prague Europe/Rome Europe/San_Marino Europe/Sarajevo Europe/Skopje Europe/Stockholm Europe/Tirane Europe/Vaduz
Europe/Vatican Europe/Vienna Europe/Warsaw Europe/Zagreb Europe/Zurich MET Poland; 180 fzw30 120|120|Africa/Juba; 180
ez830 120|120|Africa/Khartoum; 0 f141o 60 fcdlo 0|0|Africa/Sao_Tome; 120 df5c0 60 djfs0 120 dpx40
120|120|Africa/Tripoli Libya; 120 clso0 60 cqjto 120 cx140 60 d1s9o 120 d89k0 60 dd0po 120 djps0 60 do95o 120 duy80 60
dzpdo 120 e66o0 60 eaxto 120 ehf40 60 em69o 120 esnk0 60 exepo 120|120|Africa/Windhoek; -540|-600 -540 3.2.0/120
11.1.0/120|America/Adak America/Atka US/Aleutian; -480|-540 -480 3.2.0/120 11.1.0/120|America/Anchorage America/Juneau
America/Nome America/Sitka America/Yakutat US/Alaska; -240|-240|America/Anguilla America/Antigua America/Aruba
America/Barbados America/Blanc-Sablon America/Boa_Vista America/Curacao America/Dominica America/Grenada
America/Guadeloupe America/Guyana America/Kralendijk America/La_Paz America/Lower_Princes America/Manaus
America/Marigot America/Martinique America/Montserrat America/Port_of_Spain America/Porto_Velho America/Puerto_Rico
America/Santo_Domingo America/St_Barthelemy America/St_Kitts America/St_Lucia America/St_Thomas America/St_Vincent
America/Tortola America/Virgin Brazil/West Etc/GMT+4; -180 dej90 -120 di7fc -180|-180|America/Araguaina;
-180|-180|America/Argentina/Buenos_Aires America/Argentina/Catamarca America/Argentina/ComodRivadavia
America/Argentina/Cordoba America/Argentina/Jujuy America/Argentina/La_Rioja America/Argentina/Mendoza
America/Argentina/Rio_Gallegos America/Argentina/Salta America/Argentina/San_Juan America/Argentina/San_Luis
America/Argentina/Tucuman America/Argentina/Ushuaia America/Belem America/Buenos_Aires America/Catamarca
America/Cayenne America/Cordoba America/Fortaleza America/Jujuy America/Maceio America/Mendoza America/Paramaribo
America/Recife America/Rosario America/Santarem Antarctica/Rothera Etc/GMT+3; -180 cm0l0 -240 crf2o -180 cx910 -240
d2nio -180 d8hh0 -240 de3qo -180 djad0 -240 dpc6o -180 duit0 -240 e0kmo -180 e5r90 -240 ebt2o -180 eh7h0 -240 en1io
-180 esfx0 -240 ey9yo -180 f3od0 -240 f9q6o -180 fewt0 -240 fkymo -180 fq590 -240 fw72o -180 g1lh0 -240 g7fio -180
gctx0 -240 ginyo -180 go2d0 -240 gtweo -180 gzat0 -240 h5cmo -180 h5ml0 -180|-180|America/Asuncion;
-300|-300|America/Atikokan America/Bogota America/Cayman America/Coral_Harbour America/Guayaquil America/Jamaica
America/Lima America/Panama EST Etc/GMT+5 Jamaica; -180 d3310 -120 d76rc -180|-180|America/Bahia; -420 clt30 -300
csabo -360 cx1hc -300 d3iro -360 d89xc -300 der7o -360 djq5c -300 dpzno -360 duylc -300 e183o -360 e671c -300 ecgjo
-360 ehfhc -300 enwro -360 esnxc -300 ez57o -360 f3wdc -300 fadno -360 ffclc -300 flm3o -360 fql1c -300 fwujo -360
g1thc -300 g8aro -360 gd1xc -300 gjj7o -360|-360|America/Bahia_Banderas; -360|-360|America/Belize America/Costa_Rica
America/El_Salvador America/Guatemala America/Managua America/Regina America/Swift_Current America/Tegucigalpa
Canada/Saskatchewan Etc/GMT+6 Pacific/Galapagos; -360|-420 -360 3.2.0/120 11.1.0/120|America/Boise
America/Cambridge_Bay America/Denver America/Inuvik America/Shiprock MST7MDT Navajo US/Mountain; -180 cki50 -240 crumo
-180 cvql0 -240 d332o -180 d76t0 -240 dejao -180 di7h0 -240 dprqo -180 dtfx0 -240 e106o -180 e4w50 -240 ec8mo -180
eg4l0 -240 enh2o -180 erd10 -240 eypio -180 f2lh0 -240 falao -180 fdtx0 -240|-240|America/Campo_Grande America/Cuiaba;
-360 clt1c -300 csabo -360 cx1hc -300 d3iro -360 d89xc -300 der7o -360 djq5c -300 dpzno -360 duylc -300 e183o -360
e491c -300|-300|America/Cancun; -270 eiajo -240|-240|America/Caracas; -300|-360 -300 3.2.0/120
11.1.0/120|America/Chicago America/Indiana/Knox America/Indiana/Tell_City America/Knox_IN America/Menominee
America/North_Dakota/Center America/North_Dakota/New_Salem America/Rainy_River America/Rankin_Inlet America/Resolute
America/Winnipeg CST6CDT Canada/Central US/Central US/Indiana-Starke; -420 clt30 -360 csadc -420 cx1j0 -360 d3itc -420
d89z0 -360 der9c -420 djq70 -360 dpzpc -420 duyn0 -360 e185c -420 e6730 -360 ecglc -420 ehfj0 -360 enwtc -420 esnz0
-360 ez59c -420 f3wf0 -360 fadpc -420 ffcn0 -360 flm5c -420 fql30 -360 fwulc -420 g1tj0 -360 g8atc -420 gd1z0 -360
gjj9c -360|-360|America/Chihuahua; -420 cl5r0 -360 csi5c -420 cwe70 -360 d3qlc -420 d7mn0 -360 dez1c -420 div30 -360
dq7hc -420 du3j0 -360 e1fxc -420 e5bz0 -360 ecodc -420 egs70 -360 eo4lc -420 es0n0 -360 ezd1c -420 f3930 -360 falhc
-420 fehj0 -360 fltxc -420 fppz0 -360 fx2dc -420 g1670 -360 g8ilc -420 gcen0 -360 gkhm0 -420|-420 -360 3.2.0/120
11.1.0/120|America/Ciudad_Juarez; -180 clst0 -240 crmuo -180 cy450 -240 d1cuo -180 d94t0 -240 dd0uo -180 dkd90 -240
doh2o -180 dvlp0 -240 dzpio -180 eipx0 -240 elj2o -180 etyd0 -240 ewrio -180 f56t0 -240 f7zyo -180 ffcd0 -240 fk3io
-180 fqkt0 -240 fvbyo -180 g1t90 -240 g6keo -180 gd1p0 -240 gi0mo -180 goa50 -240 gt1ao -180 gzqd0 -240 h4hio -180
hafx0 -180|-180|America/Coyhaique; -420|-420|America/Creston America/Dawson_Creek America/Hermosillo America/Phoenix
Etc/GMT+7 MST US/Arizona; -480 cl5so -420 csi70 -480 cwe8o -420 d3qn0 -480 d7moo -420 dez30 -480 div4o -420 dq7j0 -480
du3ko -420 e1fz0 -480 e5c0o -420 ecof0 -480 egs8o -420 eo4n0 -480 es0oo -420 ezd30 -480 f394o -420 falj0 -480 fehko
-420 fltz0 -480 fpq0o -420 fx2bo -420|-420|America/Dawson America/Whitehorse Canada/Yukon; -240|-300 -240 3.2.0/120
11.1.0/120|America/Detroit America/Fort_Wayne America/Indiana/Indianapolis America/Indiana/Marengo
America/Indiana/Vevay America/Indiana/Winamac America/Indianapolis America/Iqaluit America/Kentucky/Louisville
America/Kentucky/Monticello America/Louisville America/Montreal America/Nassau America/New_York America/Nipigon
America/Pangnirtung America/Thunder_Bay America/Toronto Canada/Eastern EST5EDT US/East-Indiana US/Eastern US/Michigan;
-420 cl5r0 -360 csi5c -420 cwe70 -360 d3qlc -420 d7mn0 -360 dez1c -420 div30 -360 dq7hc -420 du3j0 -360 e1fxc -420
e5bz0 -360 ecodc -420 egs70 -360 eo4lc -420 es0n0 -360 ezd1c -420 f3930 -360 falhc -420 fehj0 -360 fltxc -420 fppz0
-360 fx2dc -420 g1670 -360 g8ilc -420 gcen0 -360 gjr1c -420 gnn30 -360 guzhc -420 gyvj0 -360 h67xc -420 ha3z0 -360
hhgdc -420 hlcf0 -360 hsotc -360|-360|America/Edmonton America/Yellowknife Canada/Mountain; -240 dqf2o
-300|-300|America/Eirunepe America/Porto_Acre America/Rio_Branco Brazil/Acre; -480 cixpc -480|-480 -420 3.2.0/120
11.1.0/120|America/Ensenada America/Santa_Isabel America/Tijuana Mexico/BajaNorte; -480 cl5so -420 csi70 -480 cwe8o
-420 d3qn0 -480 d7moo -420 dez30 -480 div4o -420 dq7j0 -480 du3ko -420 e1fz0 -480 e5c0o -420|-420|America/Fort_Nelson;
-180|-240 -180 3.2.0/120 11.1.0/120|America/Glace_Bay America/Halifax America/Thule Atlantic/Bermuda Canada/Atlantic;
-180 clkxo -120 csa1o -180 cwtdo -120 d3iho -180 d81to -120 deqxo -180 dji1o -120 dpzdo -180 duqho -120 e17to -180
e5yxo -120 ecg9o -180 eh7do -120 enwho -180 esfto -120 ez4xo -180 f3o9o -120 faddo -180 ff4ho -120 fllto -180 fqcxo
-120 fwu9o -180 g1ldo -120 g8aho -180 gctto -120 gjixo -180 go29o -120 gurdo -120|-120 -60 3.5.0/-60
10.5.0/0|America/Godthab America/Nuuk; -240 cl5ip -180 cshx1 -240 cwdyp -180 d3kt0 -180|-240 -180 3.2.0/120
11.1.0/120|America/Goose_Bay; -300 cl5no -240 csi20 -300 cwe3o -240 d3qi0 -300 d7mjo -240 deyy0 -300 diuzo -240 dq7e0
-300 du3fo -240 e1fu0 -300 e5bvo -240 f38zo -240|-300 -240 3.2.0/120 11.1.0/120|America/Grand_Turk; -300 cl5kc -240
csa8c -300 cwlsc -240 d3y8c -300 d89sc -240 deywc -300|-300 -240 3.2.0/0 11.1.0/60|America/Havana Cuba; -300|-300 -240
3.2.0/120 11.1.0/120|America/Indiana/Petersburg America/Indiana/Vincennes; -420|-480 -420 3.2.0/120
11.1.0/120|America/Los_Angeles PST8PDT US/Pacific; -360 cixm0 -360|-360 -300 3.2.0/120 11.1.0/120|America/Matamoros;
-420 clt30 -360 csadc -420 cx1j0 -360 d3itc -420 d89z0 -360 der9c -420 djq70 -360 dpzpc -420 duyn0 -360 e185c -420
e6730 -360 ecglc -420 ehfj0 -360 enwtc -420 esnz0 -360 ez59c -420 f3wf0 -360 fadpc -420 ffcn0 -360 flm5c -420 fql30
-360 fwulc -420 g1tj0 -360 g8atc -420 gd1z0 -360 gjj9c -420|-420|America/Mazatlan Mexico/BajaSur; -360 clt1c -300
csabo -360 cx1hc -300 d3iro -360 d89xc -300 der7o -360 djq5c -300 dpzno -360 duylc -300 e183o -360 e671c -300 ecgjo
-360 ehfhc -300 enwro -360 esnxc -300 ez57o -360 f3wdc -300 fadno -360 ffclc -300 flm3o -360 fql1c -300 fwujo -360
g1thc -300 g8aro -360 gd1xc -300 gjj7o -360|-360|America/Merida America/Mexico_City America/Monterrey Mexico/General;
-480 ecogo -540 egsac -480 eo4oo -540 es0qc -480 ezd4o -540 f396c -480 fcz4o -540|-540 -480 3.2.0/120
11.1.0/120|America/Metlakatla; -120|-180 -120 3.2.0/120 11.1.0/120|America/Miquelon; -240|-240 -180 3.2.0/120
11.1.0/120|America/Moncton; -120 cl5io -180 crf4c -120 cwdyo -180 d2nkc -120 d7meo -180 de3sc -120 diuuo -180 dpc8c
-120 du3ao -180 e0koc -120 e5bqo -180|-180|America/Montevideo; -120|-120|America/Noronha Atlantic/South_Georgia
Brazil/DeNoronha Etc/GMT+2; -420 cl5r0 -360 csi5c -360|-360 -300 3.2.0/120 11.1.0/120|America/North_Dakota/Beulah;
-420 cl5r0 -360 csi5c -420 cwe70 -360 d3qlc -420 d7mn0 -360 dez1c -420 div30 -360 dq7hc -420 du3j0 -360 e1fxc -420
e5bz0 -360 ecodc -420 egs70 -360 eo4lc -420 es0n0 -360 ezd1c -420 f3930 -360 falhc -420 fehj0 -360 fltxc -420 fppz0
-360 fx2dc -420 g1670 -360 g8ilc -420 gcen0 -360 gkhm0 -360|-360 -300 3.2.0/120 11.1.0/120|America/Ojinaga; -300 d7mjo
-240 deyy0 -300 diuzo -240 dq7e0 -300 du3fo -240 e1fu0 -300 e5bvo -240 ecoa0 -300 es0jo -240|-300 -240 3.2.0/120
11.1.0/120|America/Port-au-Prince; -180 clst0 -240 crmuo -180 cy450 -240 d1cuo -180 d94t0 -240 dd0uo -180 dkd90 -240
doh2o -180 dvlp0 -240 dzpio -180 eipx0 -240 elj2o -180 eozh0 -180|-180|America/Punta_Arenas Antarctica/Palmer; -180
clst0 -240 crmuo -180 cy450 -240 d1cuo -180 d94t0 -240 dd0uo -180 dkd90 -240 doh2o -180 dvlp0 -240 dzpio -180 eipx0
-240 elj2o -180 etyd0 -240 ewrio -180 f56t0 -240 f7zyo -180 ffcd0 -240 fk3io -180 fqkt0 -240 fvbyo -180 g1t90 -240
g6keo -180 gd1p0 -240 gi0mo -180 goa50 -240|-240 -180 9.1.6/1440 4.1.6/1440|America/Santiago Chile/Continental; -120
cki3c -180 crul0 -120 cvqjc -180 d3310 -120 d76rc -180 dej90 -120 di7fc -180 dprp0 -120 dtfvc -180 e1050 -120 e4w3c
-180 ec8l0 -120 eg4jc -180 enh10 -120 erczc -180 eyph0 -120 f2lfc -180 fal90 -120 fdtvc -180|-180|America/Sao_Paulo
Brazil/East; -60 clkxo 0 csa1o -60 cwtdo 0 d3iho -60 d81to 0 deqxo -60 dji1o 0 dpzdo -60 duqho 0 e17to -60 e5yxo 0
ecg9o -60 eh7do 0 enwho -60 esfto 0 ez4xo -60 f3o9o 0 faddo -60 ff4ho 0 fllto -60 fqcxo 0 fwu9o -60 g1ldo 0 g8aho -60
gctto 0 gjixo -60 go29o 0 gurdo -60 gziho -60|-120 -60 3.5.0/-60 10.5.0/0|America/Scoresbysund; -210 cl5hv -150 cshw7
-210 cwdxv -150 d3ks6 -150|-210 -150 3.2.0/120 11.1.0/120|America/St_Johns Canada/Newfoundland; -480 cl5so -420 csi70
-480 cwe8o -420 d3qn0 -480 d7moo -420 dez30 -480 div4o -420 dq7j0 -480 du3ko -420 e1fz0 -480 e5c0o -420 ecof0 -480
egs8o -420 eo4n0 -480 es0oo -420 ezd30 -480 f394o -420 falj0 -480 fehko -420 fltz0 -480 fpq0o -420 fx2f0 -480 g168o
-420 g8in0 -480 gceoo -420 gjr30 -480 gnn4o -420 guzj0 -480 gyvko -420 h67z0 -480 ha40o -420 hhgf0 -480 hlcgo -420
hsov0 -420|-420|America/Vancouver Canada/Pacific; 660 ckux0 480 d3fy0 660 d71wc 480 enn6o 660 f38cc 480 f9ptc 660
feoio 480 fkvzo 660 fpp6o 480 fw6ip 660 g159o 480 g7eyp 660 gcdpo 480 ginep 660 gniyo 480|480|Antarctica/Casey; 300
cl1tc 420 d3fzo 300 d721c 420|420|Antarctica/Davis; 600|600|Antarctica/DumontDUrville Australia/Brisbane
Australia/Lindeman Australia/Queensland Etc/GMT-10 Pacific/Chuuk Pacific/Guam Pacific/Port_Moresby Pacific/Saipan
Pacific/Truk Pacific/Yap; 660 cu6do 660|600 660 10.1.0/120 4.1.0/180|Antarctica/Macquarie; 300|300|Antarctica/Mawson
Asia/Aqtau Asia/Aqtobe Asia/Ashgabat Asia/Ashkhabad Asia/Atyrau Asia/Dushanbe Asia/Karachi Asia/Oral Asia/Samarkand
Asia/Tashkent Etc/GMT-5 Indian/Kerguelen Indian/Maldives; 780|720 780 9.5.0/120 4.1.0/180|Antarctica/McMurdo
Antarctica/South_Pole NZ Pacific/Auckland; 0|0 120 3.5.0/60 10.5.0/180|Antarctica/Troll; 420 gwano
300|300|Antarctica/Vostok; 360 gyku0 300|300|Asia/Almaty Asia/Qostanay; 120 cliko 180 cs7oo 120 cwyso 180 d3g4o 120
d878o 180 drn70 120 duo4o 180 e1d8o 120 e5wko 180 ecloo 120 ehcso 180 enu4o 120 esl8o 180 ez2ko 120 f3too 180 fab0o
120 ff24o 180 fljgo 120 fqako 180 fwzoo 120 g1j0o 180 g884o 120 gbwco 180 gjgko 180|180|Asia/Amman; 720 cs9l0 660
cwsx0 720|720|Asia/Anadyr Asia/Kamchatka; 240 clkw0 300 csa00 240 cwtc0 300 d3ig0 240 d81s0 300 deqw0 240 dji00 300
dpzc0 240 duqg0 300 e17s0 240 e5yw0 300 ecg80 240|240|Asia/Baku; 420|420|Asia/Bangkok Asia/Ho_Chi_Minh Asia/Jakarta
Asia/Phnom_Penh Asia/Pontianak Asia/Saigon Asia/Vientiane Etc/GMT-7 Indian/Christmas; 360 clkpc 420 cs9tc 360 cwt5c
420 e17jo 360 eh75c 420|420|Asia/Barnaul; 180|120 180 3.5.0/0 10.5.0/0|Asia/Beirut; 360|360|Asia/Bishkek Asia/Dacca
Asia/Dhaka Asia/Kashgar Asia/Thimbu Asia/Thimphu Asia/Urumqi Etc/GMT-6 Indian/Chagos; 480|480|Asia/Brunei
Asia/Chongqing Asia/Chungking Asia/Harbin Asia/Hong_Kong Asia/Kuala_Lumpur Asia/Kuching Asia/Macao Asia/Macau
Asia/Makassar Asia/Manila Asia/Shanghai Asia/Singapore Asia/Taipei Asia/Ujung_Pandang Australia/Perth Australia/West
Etc/GMT-8 Hongkong PRC ROC Singapore; 330|330|Asia/Calcutta Asia/Colombo Asia/Kolkata; 540 clkkc 600 cs9oc 540 cwt0c
600 e17eo 480 eh720 540|540|Asia/Chita; 480 e5xi0 540 ebjl0 480 eh5y0 540 ems10 480|480|Asia/Choibalsan
Asia/Ulaanbaatar Asia/Ulan_Bator; 120 clqco 180 cs7n0 120 cwyso 180 d3g30 120 d878o 180 deoj0 120 djfoo 180 dpwz0 120
duo4o 180 e1d70 120 e5wko 180 ecln0 120 eh50o 180 enu30 120 esl8o 180 ez2j0 120 f3too 180 faaz0 120 ff24o 180 fljf0
120 fqako 180 fwzn0 120 g1j0o 180 g8830 120 gcrgo 180 gjgj0 180|180|Asia/Damascus; 540|540|Asia/Dili Asia/Jayapura
Asia/Seoul Asia/Tokyo Etc/GMT-9 Japan Pacific/Palau ROK; 240|240|Asia/Dubai Asia/Muscat Asia/Tbilisi Etc/GMT-4
Indian/Mahe Indian/Mauritius Indian/Reunion; 120 clkxo 180 csa1o 120 cwtdo 180 d3iho 120 d81to 180 deqxo 120 dji1o 180
dpzdo 120 duqho 180 e17to 120 e5yxo 180 ecg9o 120 eh7do 180 ez4xo 120|120 180 3.5.0/180 10.5.0/240|Asia/Famagusta; 120
cljop 180 cprv0 120 cwysp 180 d0qb0 120 d878o 180 ddloo 120 djfoo 180 dp1v0 120 duo4o 180 e15f0 120 e5xoo 180 ecdwo
120 eh66c 180 env8o 120 esemc 180 ez3oo 120 f3n2c 180 fac4o 120 ff24o 180 flkj0 120 fqboo 180 fwt0o 120 g1k4o 180
g884o 120 gctoo 180 gjhqc 120 gp400 180 guq6c 120 h04o0 180 h5ymc 120 hb5c0 180 hh72c 120 hly80 180 hsfic 120 hx6o0
180 i3vqc 120 i8f40 180 if46c 120 ijnk0 180 iqcmc 120 iv3s0 180 j1l2c 120 j6c80 180 jctic 120 jhko0 180 jo9qc 120
jst40 180 jzi6c 120 k41k0 180 kaqmc 120 kfa00 180 klz2c 120 kqq80 180 kwzqc 120 l1yo0 180 l80ec 120 ld740 180 litac
120 lofk0 180 lttyc 120 lzo00 180 m4muc 120 m65c0 180 m6d2c 120 mb480 180 mfnic 120 mgy80 180 mhlic 120 mmco0 180
mqo6c 120 mryw0 180 mstyc 120 mxl40 180 n1h2c 120 n2zk0 180 n42ec 120 n8tk0 180 nchqc 120 ndsg0 180 nfimc 120 nk200
180 nniec 120 not40 180 nqr2c 120 nvag0 180 nybac 120 nzts0 180 o1zic 120 o6qo0 180 o9byc 120 oamo0 180 od7yc 120
ohz40 180 ok4uc 120 olnc0 180 oogec 120 ot7k0 180 ov5ic 120 owg80 180 ozwmc 120 p4g00 180 p666c 120 p7gw0 180 pb52c
120 pfog0 180 pgz2c 120 pihk0 180 pmdic 120 pr4o0 180 przqc 120 ptag0 180 pxlyc 120 q2d40 180 q2smc 120 q4b40 180
q8uec 120 qdlk0 180 qdtac 120 qfbs0 180 qk2uc 120 qq4o0 180 qvj2c 120 r15c0 180 r6ric 120 rby80 180 rhzyc 120 rmyw0
180 rt8ec 120 rxzk0 180 s4guc 120 s9800 180 sfx2c 120 skgg0 180 sr5ic 120 svow0 180 t2dyc 120 t6xc0 180 tdmec 120
tidk0 180 touuc 120 ttm00 180 u03ac 120 u4ug0 180 ubjic 120 ug2w0 180 umryc 120 urbc0 180 uxsmc 120 v2rk0 180 v8tac
120 ve000 180 vjtyc 120 vp8g0 180 vumuc 120 w0gw0 180 w5nic 120 w6y80 180 w75yc 120 wbpc0 180 wgo6c 120 whyw0 180
wieec 120 wmxs0 180 wrh2c 120 wszk0 180 wtmuc 120 wye00 180 x2hqc 120 x3sg0 180 x4vac 120 x9mg0 180 xdamc 120 xet40
180 xg3qc 120 xkuw0 180 xobac 120 xpts0 180 xrjyc 120 xw3c0 180 xzbyc 120 y0mo0 180 y2sec 120 y7bs0 180 ya4uc 120
ybnc0 180 ye0uc 120 yis00 180 yl5ic 120 ymg80 180 yp9ac 120 yu0g0 180 yw66c 120 yxgw0 180 z0hqc 120 z58w0 180 z6z2c
120 z8hk0 180 zbq6c 120 zghc0 180 zhzqc 120 zjag0 180 zn6ec 120 zrps0 180 zssmc 120 zub40 180 zyeuc 120 102y80 180
103tac 120 105bs0 180 109nac 120 10eeg0 180 10etyc 120 10g4o0 180 10kvqc 120|120 180 3.4.4/3000 10.4.4/3000|Asia/Gaza;
120 cliko 180 cprv0 120 cwysp 180 d0qb0 120 d1mko 180 d2kz0 120 d878o 180 ddloo 120 djfoo 180 dp1v0 120 duo4o 180
e15f0 120 e5xoo 180 ecdwo 120 eh66c 180 env8o 120 esemc 180 ez3oo 120 f3n2c 180 fac4o 120 ff24o 180 flkj0 120 fqboo
180 fwt0o 120 g1k4o 180 g884o 120 gctoo 180 gjhqc 120 gp400 180 guq6c 120 h04o0 180 h5ymc 120 hb5c0 180 hh72c 120
hly80 180 hsfic 120 hx6o0 180 i3vqc 120 i8f40 180 if46c 120 ijnk0 180 iqcmc 120 iv3s0 180 j1l2c 120 j6c80 180 jctic
120 jhko0 180 jo9qc 120 jst40 180 jzi6c 120 k41k0 180 kaqmc 120 kfa00 180 klz2c 120 kqq80 180 kwzqc 120 l1yo0 180
l80ec 120 ld740 180 litac 120 lofk0 180 lttyc 120 lzo00 180 m4muc 120 m65c0 180 m6d2c 120 mb480 180 mfnic 120 mgy80
180 mhlic 120 mmco0 180 mqo6c 120 mryw0 180 mstyc 120 mxl40 180 n1h2c 120 n2zk0 180 n42ec 120 n8tk0 180 nchqc 120
ndsg0 180 nfimc 120 nk200 180 nniec 120 not40 180 nqr2c 120 nvag0 180 nybac 120 nzts0 180 o1zic 120 o6qo0 180 o9byc
120 oamo0 180 od7yc 120 ohz40 180 ok4uc 120 olnc0 180 oogec 120 ot7k0 180 ov5ic 120 owg80 180 ozwmc 120 p4g00 180
p666c 120 p7gw0 180 pb52c 120 pfog0 180 pgz2c 120 pihk0 180 pmdic 120 pr4o0 180 przqc 120 ptag0 180 pxlyc 120 q2d40
180 q2smc 120 q4b40 180 q8uec 120 qdlk0 180 qdtac 120 qfbs0 180 qk2uc 120 qq4o0 180 qvj2c 120 r15c0 180 r6ric 120
rby80 180 rhzyc 120 rmyw0 180 rt8ec 120 rxzk0 180 s4guc 120 s9800 180 sfx2c 120 skgg0 180 sr5ic 120 svow0 180 t2dyc
120 t6xc0 180 tdmec 120 tidk0 180 touuc 120 ttm00 180 u03ac 120 u4ug0 180 ubjic 120 ug2w0 180 umryc 120 urbc0 180
uxsmc 120 v2rk0 180 v8tac 120 ve000 180 vjtyc 120 vp8g0 180 vumuc 120 w0gw0 180 w5nic 120 w6y80 180 w75yc 120 wbpc0
180 wgo6c 120 whyw0 180 wieec 120 wmxs0 180 wrh2c 120 wszk0 180 wtmuc 120 wye00 180 x2hqc 120 x3sg0 180 x4vac 120
x9mg0 180 xdamc 120 xet40 180 xg3qc 120 xkuw0 180 xobac 120 xpts0 180 xrjyc 120 xw3c0 180 xzbyc 120 y0mo0 180 y2sec
120 y7bs0 180 ya4uc 120 ybnc0 180 ye0uc 120 yis00 180 yl5ic 120 ymg80 180 yp9ac 120 yu0g0 180 yw66c 120 yxgw0 180
z0hqc 120 z58w0 180 z6z2c 120 z8hk0 180 zbq6c 120 zghc0 180 zhzqc 120 zjag0 180 zn6ec 120 zrps0 180 zssmc 120 zub40
180 zyeuc 120 102y80 180 103tac 120 105bs0 180 109nac 120 10eeg0 180 10etyc 120 10g4o0 180 10kvqc 120|120 180
3.4.4/3000 10.4.4/3000|Asia/Hebron; 420 e5xjo 480 ebjmo 420 eh5zo 480 ems2o 420|420|Asia/Hovd; 480 clkm0 540 cs9q0 480
cwt20 540 e17gc 480|480|Asia/Irkutsk; 120 clkxo 180 csa1o 120 cwuho 180 d3iho 120 d81to 180 deqxo 120 dji1o 180 dpzdo
120 durlo 180 e17to 120 e5yxo 180 ecvto 120 eh7do 180 em9f0 180|180|Asia/Istanbul Europe/Istanbul Turkey; 120 clio0
180 cqric 120 cwyw0 180 d2nac 120 d87c0 180 ddnyc 120 djfs0 180|120 180 3.4.4/1560 10.5.0/120|Asia/Jerusalem
Asia/Tel_Aviv Israel; 270|270|Asia/Kabul; 345|345|Asia/Kathmandu Asia/Katmandu; 600 clkio 660 cs9mo 600 cwsyo 660
d21po 600 e17eo 540|540|Asia/Khandyga; 420 clkno 480 cs9ro 420 cwt3o 480 e17i0 420|420|Asia/Krasnoyarsk; 660 clkh0 720
cs9l0 660 cwsx0 720 e17bc 600 ei22o 660|660|Asia/Magadan; 180|120 180 3.5.0/180 10.5.0/240|Asia/Nicosia EET
Europe/Athens Europe/Helsinki Europe/Kiev Europe/Kyiv Europe/Mariehamn Europe/Nicosia Europe/Uzhgorod
Europe/Zaporozhye; 420 cs9tc 360 cwt5c 420|420|Asia/Novokuznetsk; 360 clkpc 420 cs9tc 360 cwt5c 420 e17jo 360 ekvdc
420|420|Asia/Novosibirsk; 360 clkpc 420 cs9tc 360 cwt5c 420 e17jo 360|360|Asia/Omsk; 540 ea8x0 510 f4xd0
540|540|Asia/Pyongyang; 360 fc120 300|300|Asia/Qyzylorda; 390|390|Asia/Rangoon Asia/Yangon Indian/Cocos; 600 clkio 660
cs9mo 600 cwsyo 660 e17d0 600 eh6yo 660|660|Asia/Sakhalin; 660 clkh0 720 cs9l0 660 cwsx0 720 e17bc
660|660|Asia/Srednekolymsk; 210 cle26 270 cr2gi 210 cwnm6 270 d2c0i 210 d7x66 270 ddlki 210 dj7u6 270 dow8i 210 duhe6
270 e05si 210 e5qy6 270 ebfci 210 eh0i6 270 emowi 210 esb66 270 exzki 210 f3kq6 270 f994i 210 feua6 270 fkioi 210
fq3u6 270 fvs8i 210 g1ei6 270 g72wi 210 gco26 270 gicgi 210|210|Asia/Tehran Iran; 360 clkpc 420 cs9tc 360 cwt5c 420
e17jo 360 ej55c 420|420|Asia/Tomsk; 660 clkh0 720 cs9l0 660 cwsx0 720 d21o0 660 e17d0 600|600|Asia/Ust-Nera; 600 clkio
660 cs9mo 600 cwsyo 660 e17d0 600|600|Asia/Vladivostok; 540 clkkc 600 cs9oc 540 cwt0c 600 e17eo 540|540|Asia/Yakutsk;
300 clkr0 360 cs9v0 300 cwt70 360 e17lc 300|300|Asia/Yekaterinburg; 240 clkso 300 cs9wo 240 cwt8o 300 d3ico
240|240|Asia/Yerevan; 0|-60 0 3.5.0/0 10.5.0/60|Atlantic/Azores; 60|0 60 3.5.0/60 10.5.0/120|Atlantic/Canary
Atlantic/Faeroe Atlantic/Faroe Atlantic/Madeira Europe/Lisbon Portugal WET; -60|-60|Atlantic/Cape_Verde Etc/GMT+1;
-180 cm8gc -240 cqk20 -180|-180|Atlantic/Stanley; 600|600 660 10.1.0/120 4.1.0/180|Australia/ACT Australia/Canberra
Australia/Melbourne Australia/NSW Australia/Sydney Australia/Victoria; 570|570 630 10.1.0/120
4.1.0/180|Australia/Adelaide Australia/Broken_Hill Australia/South Australia/Yancowinna; 660|600 660 10.1.0/120
4.1.0/180|Australia/Currie Australia/Hobart Australia/Tasmania; 570|570|Australia/Darwin Australia/North;
525|525|Australia/Eucla; 630|630 660 10.1.0/120 4.1.0/120|Australia/LHI Australia/Lord_Howe; -300 clst0 -360 crmuo
-300 cy450 -360 d1cuo -300 d94t0 -360 dd0uo -300 dkd90 -360 doh2o -300 dvlp0 -360 dzpio -300 eipx0 -360 elj2o -300
etyd0 -360 ewrio -300 f56t0 -360 f7zyo -300 ffcd0 -360 fk3io -300 fqkt0 -360 fvbyo -300 g1t90 -360 g6keo -300 gd1p0
-360 gi0mo -300 goa50 -360|-360 -300 9.1.6/1320 4.1.6/1320|Chile/EasterIsland Pacific/Easter; 60|60 0 10.5.0/120
3.5.0/60|Eire Europe/Dublin; -600|-600|Etc/GMT+10 HST Pacific/Honolulu Pacific/Johnston Pacific/Rarotonga
Pacific/Tahiti US/Hawaii; -660|-660|Etc/GMT+11 Pacific/Midway Pacific/Niue Pacific/Pago_Pago Pacific/Samoa US/Samoa;
-720|-720|Etc/GMT+12; -480|-480|Etc/GMT+8 Pacific/Pitcairn; -540|-540|Etc/GMT+9 Pacific/Gambier; 660|660|Etc/GMT-11
Pacific/Efate Pacific/Guadalcanal Pacific/Kosrae Pacific/Noumea Pacific/Pohnpei Pacific/Ponape; 720|720|Etc/GMT-12
Kwajalein Pacific/Funafuti Pacific/Kwajalein Pacific/Majuro Pacific/Nauru Pacific/Tarawa Pacific/Wake Pacific/Wallis;
780|780|Etc/GMT-13 Pacific/Enderbury Pacific/Kanton; 840|840|Etc/GMT-14 Pacific/Kiritimati; 180 clkuc 240 cs9yc 180
cwtac 240 e17oo 180 eh7ac 240|240|Europe/Astrakhan Europe/Ulyanovsk; 0|0 60 3.5.0/60 10.5.0/120|Europe/Belfast
Europe/Guernsey Europe/Isle_of_Man Europe/Jersey Europe/London GB GB-Eire; 120|120 180 3.5.0/180
10.5.0/240|Europe/Bucharest Europe/Riga Europe/Sofia Europe/Tallinn Europe/Vilnius; 120 clkw0 180 csa00 120 cwtc0 180
d3ig0 120 d81s0 180 deqw0 120 dji00 180 dpzc0 120 duqg0 180 e17s0 120 e5yw0 180 ecg80 120 eh7c0 180 enwg0 120 esfs0
180 ez4w0 120 f3o80 180 fadc0 120 ff4g0 180 flls0 120 fqcw0 180 fwu80 120 g1lc0 180 g8ag0 120 ga78o 120|120 180
3.5.0/180 10.5.0/240|Europe/Chisinau Europe/Tiraspol; 120 clkw0 180 csa00 120 cwtc0 180 e17qc
120|120|Europe/Kaliningrad; 180 clkuc 240 cs9yc 180 cwtac 240 e17oo 180|180|Europe/Kirov Europe/Moscow W-SU; 120 clkw0
180 csa00 120 cwtc0 180|180|Europe/Minsk; 240 cs9yc 180 cwtac 240|240|Europe/Samara; 180 clkuc 240 cs9yc 180 cwtac 240
e17oo 180 eozac 240|240|Europe/Saratov; 120 clkxo 180 csa1o 120 cwtdo 180 d3iho 120 d81to 180 deqxo 120 dji1o 180
dpzdo 120 duqg0 240 e17oo 180|180|Europe/Simferopol; 180 clkuc 240 cs9yc 180 cwtac 240 e17oo 180 fadac 240 fys4o
180|180|Europe/Volgograd; 825|765 825 9.5.0/165 4.1.0/225|NZ-CHAT Pacific/Chatham; -660 cr7mc -600 cx0nc -660 d2f3c
-600 d5eoo 840 d893c 780 ddvbc 840 djpbc 780 dp3rc 840 duxrc 780 e0c7c 840 e667c 780 ebknc 840 ehenc 780 emt3c 840
esn3c 780 ey1jc 840 f3vjc 780 f9hrc 840 ffbrc 780 fkq7c 840 fqk7c 780 fvync 840 g1snc 780|780|Pacific/Apia; 600 e35eo
660|660|Pacific/Bougainville; -660 d5eqc 780|780|Pacific/Fakaofo; 780 clkfc 720 cs1rc 780 cw5jc 720 d3a7c 780 d63bc
720 deinc 780 dhbrc 720 dpyvc 780 dsk5o 720 e1f3c 780 e3snc 720 ecnjc 780 ef13c 720 eo3rc 780 eq9jc 720 ezc7c 780
f1hzc 720 faknc 780 fcqfc 720 fm0vc 780 fnyvc 720 fyjzc 780 fzf3c 720|720|Pacific/Fiji; -570|-570|Pacific/Marquesas;
690 ebsg6 660 fhy5o 660|660 720 10.1.0/120 4.1.0/180|Pacific/Norfolk; 780 eo3po 840 eq9ho 780|780|Pacific/Tongatapu
`;
