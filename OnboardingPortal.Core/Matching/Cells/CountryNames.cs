namespace OnboardingPortal.Core.Matching.Cells;

/// <summary>
/// What countries are called: the two letters of ISO 3166-1, the three letters, then names in English, German, the country's own languages
/// and, where a line has room, French, Spanish, Italian and Dutch. The names are those of CLDR 42, written out so that every machine reads
/// them alike.
/// </summary>
/// <seealso href="https://cldr.unicode.org/" />
internal static class CountryNames
{
    /// <summary>A country a line, its names parted by bars; its two letters come first.</summary>
    public const string Table =
        """
        AD|Andorra|Andorre
        AE|ARE|United Arab Emirates|Vereinigte Arabische Emirate|UAE|VAE|الإمارات العربية المتحدة|Émirats arabes unis|Emiratos Árabes Unidos
        AF|AFG|Afghanistan|افغانستان|Afganistán
        AG|ATG|Antigua & Barbuda|Antigua-et-Barbuda|Antigua y Barbuda|Antigua e Barbuda|Antigua en Barbuda
        AI|AIA|Anguilla|Anguila
        AL|ALB|Albania|Albanien|Shqipëri|Albanie
        AM|ARM|Armenia|Armenien|Հայաստան|Arménie
        AO|AGO|Angola
        AQ|ATA|Antarctica|Antarktis|Antarctique|Antártida|Antartide
        AR|ARG|Argentina|Argentinien|Argentine|Argentinië
        AS|ASM|American Samoa|Amerikanisch-Samoa|Samoa américaines|Samoa Americana|Samoa americane|Amerikaans-Samoa
        AT|AUT|Austria|Österreich|Autriche|Oostenrijk
        AU|AUS|Australia|Australien|Commonwealth of Australia|Australie
        AW|ABW|Aruba
        AX|ALA|Åland Islands|Ålandinseln|Îles Åland|Islas Aland|Isole Åland|Åland
        AZ|AZE|Azerbaijan|Aserbaidschan|Azərbaycan|Azerbaïdjan|Azerbaiyán|Azerbaigian|Azerbeidzjan
        BA|BIH|Bosnia & Herzegovina|Bosnien und Herzegowina|Bosnia|Bosnien|Bosna i Hercegovina|Босна и Херцеговина|Bosnie-Herzégovine
        BB|BRB|Barbados|Barbade
        BD|BGD|Bangladesh|Bangladesch|বাংলাদেশ|Bangladés
        BE|BEL|Belgium|Belgien|België|Belgique|Bélgica|Belgio
        BF|BFA|Burkina Faso
        BG|BGR|Bulgaria|Bulgarien|България|Bulgarie|Bulgarije
        BH|BHR|Bahrain|البحرين|Bahreïn|Baréin
        BI|BDI|Burundi
        BJ|BEN|Benin
        BL|BLM|St. Barthélemy|Saint-Barthélemy|San Bartolomé
        BM|BMU|Bermuda|Bermudes|Bermudas
        BN|BRN|Brunei|Brunei Darussalam
        BO|BOL|Bolivia|Bolivien|Plurinational State of Bolivia|Bolivie
        BQ|BES|Caribbean Netherlands|Karibische Niederlande|Pays-Bas caribéens|Caribe neerlandés|Caraibi olandesi|Caribisch Nederland
        BR|BRA|Brazil|Brasilien|Brasil|Brésil|Brasile|Brazilië
        BS|BHS|Bahamas
        BT|BTN|Bhutan|Bhoutan|Bután
        BV|BVT|Bouvet Island|Bouvetinsel|Île Bouvet|Isla Bouvet|Isola Bouvet|Bouveteiland
        BW|BWA|Botswana|Botsuana
        BY|BLR|Belarus|Weißrussland|Беларусь|Biélorussie|Bielorrusia|Bielorussia
        BZ|BLZ|Belize|Belice
        CA|CAN|Canada|Kanada
        CC|CCK|Cocos (Keeling) Islands|Kokosinseln|Îles Cocos|Islas Cocos|Isole Cocos (Keeling)|Cocoseilanden
        CD|COD|Congo - Kinshasa|Kongo-Kinshasa|DR Congo|Democratic Republic of the Congo|Demokratische Republik Kongo
        CF|CAF|Central African Republic|Zentralafrikanische Republik|République centrafricaine|República Centroafricana
        CG|COG|Congo - Brazzaville|Kongo-Brazzaville|Congo|Republic of the Congo|Kongo
        CH|CHE|Switzerland|Schweiz|Helvetia|Suisse|Svizzera|Svizra|Suiza|Zwitserland
        CI|CIV|Côte d'Ivoire|Ivory Coast|Elfenbeinküste|Costa d'Avorio|Ivoorkust
        CK|COK|Cook Islands|Cookinseln|Îles Cook|Islas Cook|Isole Cook|Cookeilanden
        CL|CHL|Chile|Chili|Cile
        CM|CMR|Cameroon|Kamerun|Cameroun|Camerún|Kameroen
        CN|CHN|China|PR China|VR China|Peoples Republic of China|中国|Chine|Cina
        CO|COL|Colombia|Kolumbien|Colombie
        CR|CRI|Costa Rica
        CU|CUB|Cuba|Kuba
        CV|CPV|Cape Verde|Cabo Verde|Kap Verde|Cap-Vert|Capo Verde|Kaapverdië
        CW|CUW|Curaçao|Curazao
        CX|CXR|Christmas Island|Weihnachtsinsel|Île Christmas|Isla de Navidad|Isola Christmas|Christmaseiland
        CY|CYP|Cyprus|Zypern|Κύπρος|Kıbrıs|Chypre|Chipre|Cipro
        CZ|CZE|Czechia|Tschechien|Czech Republic|Tschechische Republik|Česká republika|Česko|Tchéquie|Chequia|Cechia|Tsjechië
        DE|DEU|Germany|Deutschland|BRD|Bundesrepublik Deutschland|Federal Republic of Germany|Allemagne|Alemania|Germania|Duitsland
        DJ|DJI|Djibouti|Dschibuti|Yibuti|Gibuti
        DK|DNK|Denmark|Dänemark|Danmark|Dinamarca|Danimarca|Denemarken
        DM|DMA|Dominica|Dominique
        DO|DOM|Dominican Republic|Dominikanische Republik|République dominicaine|República Dominicana|Repubblica Dominicana
        DZ|DZA|Algeria|Algerien|الجزائر|Algérie|Argelia|Algerije
        EC|ECU|Ecuador|Équateur
        EE|EST|Estonia|Estland|Eesti|Estonie
        EG|EGY|Egypt|Ägypten|مصر|Égypte|Egipto|Egitto
        EH|ESH|Western Sahara|Westsahara|Sahara occidental|Sahara occidentale|Westelijke Sahara
        ER|ERI|Eritrea|Érythrée
        ES|ESP|Spain|Spanien|España|Espanya|Espainia|Espagne|Spagna|Spanje
        ET|ETH|Ethiopia|Äthiopien|ኢትዮጵያ|Éthiopie|Etiopía
        FI|FIN|Finland|Finnland|Suomi|Finlande|Finlandia
        FJ|FJI|Fiji|Fidschi|Fidji|Fiyi|Figi
        FK|FLK|Falkland Islands|Falklandinseln|Îles Malouines|Islas Malvinas|Isole Falkland|Falklandeilanden|Falkland Islands (Malvinas)
        FM|FSM|Micronesia|Mikronesien|Micronésie
        FO|FRO|Faroe Islands|Färöer|Føroyar|Îles Féroé|Islas Feroe|Isole Fær Øer|Faeröer
        FR|FRA|France|Frankreich|Francia|Frankrijk
        GA|GAB|Gabon|Gabun
        GB|GBR|United Kingdom|Vereinigtes Königreich|Great Britain|England|Scotland|Wales|Northern Ireland|Großbritannien|Schottland
        GD|GRD|Grenada|Grenade|Granada
        GE|GEO|Georgia|Georgien|საქართველო|Géorgie
        GF|GUF|French Guiana|Französisch-Guayana|Guyane française|Guayana Francesa|Guyana Francese|Frans-Guyana
        GG|GGY|Guernsey|Guernesey
        GH|GHA|Ghana
        GI|GIB|Gibraltar|Gibilterra
        GL|GRL|Greenland|Grönland|Kalaallit Nunaat|Groenland|Groenlandia
        GM|GMB|Gambia|Gambie
        GN|GIN|Guinea|Guinée
        GP|GLP|Guadeloupe|Guadalupe|Guadalupa
        GQ|GNQ|Equatorial Guinea|Äquatorialguinea|Guinée équatoriale|Guinea Ecuatorial|Guinea Equatoriale|Equatoriaal-Guinea
        GR|GRC|Greece|Griechenland|Hellas|Ελλάδα|Grèce|Grecia|Griekenland
        GS|SGS|South Georgia & South Sandwich Islands|Südgeorgien und die Südlichen Sandwichinseln
        GT|GTM|Guatemala
        GU|GUM|Guam
        GW|GNB|Guinea-Bissau|Guinée-Bissau|Guinea-Bisáu
        GY|GUY|Guyana
        HK|HKG|Hong Kong SAR China|Sonderverwaltungsregion Hongkong|Hong Kong|R.A.S. chinoise de Hong Kong|RAE de Hong Kong (China)
        HM|HMD|Heard & McDonald Islands|Heard und McDonaldinseln|Îles Heard-et-MacDonald|Islas Heard y McDonald|Isole Heard e McDonald
        HN|HND|Honduras
        HR|HRV|Croatia|Kroatien|Hrvatska|Croatie|Croacia|Croazia|Kroatië
        HT|HTI|Haiti
        HU|HUN|Hungary|Ungarn|Magyarország|Hongrie|Hungría|Ungheria|Hongarije
        ID|IDN|Indonesia|Indonesien|Indonésie
        IE|IRL|Ireland|Irland|Republic of Ireland|Eire|Irlande|Irlanda|Ierland
        IL|ISR|Israel|ישראל|Israele
        IM|IMN|Isle of Man|Île de Man|Isla de Man|Isola di Man
        IN|IND|India|Indien|भारत|Inde
        IO|IOT|British Indian Ocean Territory|Britisches Territorium im Indischen Ozean|Territoire britannique de l'océan Indien
        IQ|IRQ|Iraq|Irak|العراق
        IR|IRN|Iran|Islamic Republic of Iran|ایران
        IS|ISL|Iceland|Island|Islande|Islandia|Islanda|IJsland
        IT|ITA|Italy|Italien|Italia|Italie
        JE|JEY|Jersey
        JM|JAM|Jamaica|Jamaika|Jamaïque|Giamaica
        JO|JOR|Jordan|Jordanien|الأردن|Jordanie|Jordania|Giordania
        JP|JPN|Japan|日本|Japon|Giappone
        KE|KEN|Kenya|Kenia
        KG|KGZ|Kyrgyzstan|Kirgisistan|Кыргызстан|Киргизия|Kirghizstan|Kirguistán|Kirghizistan|Kirgizië
        KH|KHM|Cambodia|Kambodscha|កម្ពុជា|Cambodge|Camboya|Cambogia|Cambodja
        KI|KIR|Kiribati
        KM|COM|Comoros|Komoren|Comores|Comoras|Comore|Comoren
        KN|KNA|St. Kitts & Nevis|Saint-Christophe-et-Niévès|San Cristóbal y Nieves|Saint Kitts e Nevis|Saint Kitts en Nevis
        KP|PRK|North Korea|Nordkorea|북한|Corée du Nord|Corea del Norte|Corea del Nord|Noord-Korea
        KR|KOR|South Korea|Südkorea|Korea|Republic of Korea|Republik Korea|대한민국|Corée du Sud|Corea del Sur|Corea del Sud|Zuid-Korea
        KW|KWT|Kuwait|الكويت|Koweït|Koeweit
        KY|CYM|Cayman Islands|Kaimaninseln|Îles Caïmans|Islas Caimán|Isole Cayman|Kaaimaneilanden
        KZ|KAZ|Kazakhstan|Kasachstan|Қазақстан|Казахстан|Kazajistán|Kazakistan|Kazachstan
        LA|LAO|Laos|ລາວ|Lao People's Democratic Republic
        LB|LBN|Lebanon|Libanon|لبنان|Liban|Líbano
        LC|LCA|St. Lucia|Sainte-Lucie|Santa Lucía|Saint Lucia
        LI|LIE|Liechtenstein
        LK|LKA|Sri Lanka|ශ්‍රී ලංකාව|இலங்கை
        LR|LBR|Liberia
        LS|LSO|Lesotho|Lesoto
        LT|LTU|Lithuania|Litauen|Lietuva|Lituanie|Lituania|Litouwen
        LU|LUX|Luxembourg|Luxemburg|Lëtzebuerg|Luxemburgo|Lussemburgo
        LV|LVA|Latvia|Lettland|Latvija|Lettonie|Letonia|Lettonia|Letland
        LY|LBY|Libya|Libyen|ليبيا|Libye|Libia|Libië
        MA|MAR|Morocco|Marokko|المغرب|Maroc|Marruecos|Marocco
        MC|MCO|Monaco
        MD|MDA|Moldova|Republik Moldau|Moldawien|Republic of Moldova|Republica Moldova|Moldavie|Moldavia
        ME|MNE|Montenegro|Црна Гора
        MF|MAF|St. Martin|Saint-Martin|San Martín|Saint Martin (French part)
        MG|MDG|Madagascar|Madagaskar|Madagasikara
        MH|MHL|Marshall Islands|Marshallinseln|Îles Marshall|Islas Marshall|Isole Marshall|Marshalleilanden
        MK|MKD|North Macedonia|Nordmazedonien|Macedonia|Mazedonien|Северна Македонија|Macédoine du Nord|Macedonia del Norte
        ML|MLI|Mali
        MM|MMR|Myanmar (Burma)|Myanmar|Burma|Birma|မြန်မာ|Myanmar (Birmanie)|Myanmar (Birmania)|Myanmar (Birma)
        MN|MNG|Mongolia|Mongolei|Монгол|Mongolie
        MO|MAC|Macao SAR China|Sonderverwaltungsregion Macau|Macau|Macao|R.A.S. chinoise de Macao|RAE de Macao (China)|RAS di Macao
        MP|MNP|Northern Mariana Islands|Nördliche Marianen|Îles Mariannes du Nord|Islas Marianas del Norte|Isole Marianne settentrionali
        MQ|MTQ|Martinique|Martinica
        MR|MRT|Mauritania|Mauretanien|Mauritanie
        MS|MSR|Montserrat
        MT|MLT|Malta|Malte
        MU|MUS|Mauritius|Maurice|Mauricio
        MV|MDV|Maldives|Malediven|Maldivas|Maldive|Maldiven
        MW|MWI|Malawi|Malaui
        MX|MEX|Mexico|Mexiko|Mexique|Messico
        MY|MYS|Malaysia|Malaisie|Malasia|Maleisië
        MZ|MOZ|Mozambique|Mosambik|Mozambico
        NA|NAM|Namibia|Namibie
        NC|NCL|New Caledonia|Neukaledonien|Nouvelle-Calédonie|Nueva Caledonia|Nuova Caledonia|Nieuw-Caledonië
        NE|NER|Niger
        NF|NFK|Norfolk Island|Norfolkinsel|Île Norfolk|Isla Norfolk|Isola Norfolk|Norfolk
        NG|NGA|Nigeria
        NI|NIC|Nicaragua
        NL|NLD|Netherlands|Niederlande|Holland|Nederland|Pays-Bas|Países Bajos|Paesi Bassi
        NO|NOR|Norway|Norwegen|Norge|Norvège|Noruega|Norvegia|Noorwegen
        NP|NPL|Nepal|नेपाल
        NR|NRU|Nauru
        NU|NIU|Niue
        NZ|NZL|New Zealand|Neuseeland|Nouvelle-Zélande|Nueva Zelanda|Nuova Zelanda|Nieuw-Zeeland
        OM|OMN|Oman|عُمان
        PA|PAN|Panama
        PE|PER|Peru|Pérou
        PF|PYF|French Polynesia|Französisch-Polynesien|Polynésie française|Polinesia Francesa|Polinesia francese|Frans-Polynesië
        PG|PNG|Papua New Guinea|Papua-Neuguinea|Papouasie-Nouvelle-Guinée|Papúa Nueva Guinea|Papua Nuova Guinea|Papoea-Nieuw-Guinea
        PH|PHL|Philippines|Philippinen|Filipinas|Filippine|Filipijnen
        PK|PAK|Pakistan|پاکستان
        PL|POL|Poland|Polen|Polska|Pologne|Polonia
        PM|SPM|St. Pierre & Miquelon|Saint-Pierre-et-Miquelon|San Pedro y Miquelón|Saint-Pierre e Miquelon|Saint-Pierre en Miquelon
        PN|PCN|Pitcairn Islands|Pitcairninseln|Îles Pitcairn|Islas Pitcairn|Isole Pitcairn|Pitcairneilanden|Pitcairn
        PR|PRI|Puerto Rico|Porto Rico
        PS|PSE|Palestinian Territories|Palästinensische Autonomiegebiete|Palestine|Palästina|الأراضي الفلسطينية|Territoires palestiniens
        PT|PRT|Portugal|Portogallo
        PW|PLW|Palau|Palaos
        PY|PRY|Paraguay
        QA|QAT|Qatar|Katar|قطر|Catar
        RE|REU|Réunion|La Réunion|Riunione
        RO|ROU|Romania|Rumänien|Roumanie|Rumanía|Roemenië
        RS|SRB|Serbia|Serbien|Србија|Serbie|Servië
        RU|RUS|Russia|Russland|Russian Federation|Russische Föderation|Россия|Russie|Rusia|Rusland
        RW|RWA|Rwanda|Ruanda
        SA|SAU|Saudi Arabia|Saudi-Arabien|المملكة العربية السعودية|Arabie saoudite|Arabia Saudí|Arabia Saudita|Saoedi-Arabië
        SB|SLB|Solomon Islands|Salomonen|Îles Salomon|Islas Salomón|Isole Salomone|Salomonseilanden
        SC|SYC|Seychelles|Seychellen
        SD|SDN|Sudan|السودان|Soudan|Soedan
        SE|SWE|Sweden|Schweden|Sverige|Suède|Suecia|Svezia|Zweden
        SG|SGP|Singapore|Singapur|新加坡|Singapura|Singapour
        SH|SHN|St. Helena|Sainte-Hélène|Santa Elena|Sant'Elena|Sint-Helena
        SI|SVN|Slovenia|Slowenien|Slovenija|Slovénie|Eslovenia
        SJ|SJM|Svalbard & Jan Mayen|Spitzbergen und Jan Mayen|Svalbard et Jan Mayen|Svalbard y Jan Mayen|Svalbard e Jan Mayen
        SK|SVK|Slovakia|Slowakei|Slovak Republic|Slowakische Republik|Slovensko|Slovaquie|Eslovaquia|Slovacchia|Slowakije
        SL|SLE|Sierra Leone|Sierra Leona
        SM|SMR|San Marino|Saint-Marin
        SN|SEN|Senegal
        SO|SOM|Somalia|Somalie
        SR|SUR|Suriname|Surinam
        SS|SSD|South Sudan|Südsudan|Soudan du Sud|Sudán del Sur|Zuid-Soedan
        ST|STP|São Tomé & Príncipe|Sao Tomé-et-Principe|Santo Tomé y Príncipe|São Tomé e Príncipe|Sao Tomé en Principe
        SV|SLV|El Salvador|Salvador
        SX|SXM|Sint Maarten|Saint-Martin (partie néerlandaise)|Sint Maarten (Dutch part)
        SY|SYR|Syria|Syrien|Syrian Arab Republic|سوريا|Syrie|Siria
        SZ|SWZ|Eswatini|Swaziland|Swasiland|Esuatini
        TC|TCA|Turks & Caicos Islands|Turks- und Caicosinseln|Îles Turques-et-Caïques|Islas Turcas y Caicos|Isole Turks e Caicos
        TD|TCD|Chad|Tschad|Tchad|Ciad|Tsjaad
        TF|ATF|French Southern Territories|Französische Süd- und Antarktisgebiete|Terres australes françaises
        TG|TGO|Togo
        TH|THA|Thailand|ไทย|Thaïlande|Tailandia|Thailandia
        TJ|TJK|Tajikistan|Tadschikistan|Тоҷикистон|Таджикистан|Tadjikistan|Tayikistán|Tagikistan|Tadzjikistan
        TK|TKL|Tokelau
        TL|TLS|Timor-Leste|East Timor|Osttimor|Timor oriental|Timor Est|Oost-Timor
        TM|TKM|Turkmenistan
        TN|TUN|Tunisia|Tunesien|تونس|Tunisie|Túnez|Tunesië
        TO|TON|Tonga
        TR|TUR|Turkey|Türkei|Turkiye|Turquie|Turquía|Turchia|Turkije
        TT|TTO|Trinidad & Tobago|Trinité-et-Tobago|Trinidad y Tobago|Trinidad e Tobago|Trinidad en Tobago
        TV|TUV|Tuvalu
        TW|TWN|Taiwan|台灣
        TZ|TZA|Tanzania|Tansania|United Republic of Tanzania|Tanzanie
        UA|UKR|Ukraine|Україна|Украина|Ucrania|Ucraina|Oekraïne
        UG|UGA|Uganda|Ouganda|Oeganda
        UM|UMI|U.S. Outlying Islands|Amerikanische Überseeinseln|Îles mineures éloignées des États-Unis|Islas menores alejadas de EE. UU.
        US|USA|United States|Vereinigte Staaten|United States of America|America|Vereinigte Staaten von Amerika|Amerika|États-Unis
        UY|URY|Uruguay
        UZ|UZB|Uzbekistan|Usbekistan|Oʻzbekiston|Ouzbékistan|Oezbekistan
        VA|VAT|Vatican City|Vatikanstadt|Vatican|Vatikan|Holy See|État de la Cité du Vatican|Ciudad del Vaticano|Città del Vaticano
        VC|VCT|St. Vincent & Grenadines|St. Vincent und die Grenadinen|Saint-Vincent-et-les Grenadines|San Vicente y las Granadinas
        VE|VEN|Venezuela|Bolivarian Republic of Venezuela
        VG|VGB|British Virgin Islands|Britische Jungferninseln|Îles Vierges britanniques|Islas Vírgenes Británicas|Isole Vergini Britanniche
        VI|VIR|U.S. Virgin Islands|Amerikanische Jungferninseln|Îles Vierges des États-Unis|Islas Vírgenes de EE. UU.
        VN|VNM|Vietnam
        VU|VUT|Vanuatu
        WF|WLF|Wallis & Futuna|Wallis-et-Futuna|Wallis y Futuna|Wallis e Futuna|Wallis en Futuna
        WS|WSM|Samoa
        XK|XKX|Kosovo|Kosova|Косово
        YE|YEM|Yemen|Jemen|اليمن
        YT|MYT|Mayotte
        ZA|ZAF|South Africa|Südafrika|Afrique du Sud|Sudáfrica|Zuid-Afrika
        ZM|ZMB|Zambia|Sambia|Zambie
        ZW|ZWE|Zimbabwe|Simbabwe|Zimbabue
        """;
}
