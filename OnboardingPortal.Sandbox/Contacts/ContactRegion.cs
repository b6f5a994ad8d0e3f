namespace OnboardingPortal.Sandbox.Contacts;

/// <summary>A town with what belongs to it.</summary>
/// <param name="City">Its name in the script of the country.</param>
/// <param name="State">Empty where addresses have none.</param>
/// <param name="PostalCode">With <c>#</c> for digits.</param>
internal sealed record ContactTown(string City, string State, string PostalCode);

/// <summary>How people are called and how they live somewhere.</summary>
/// <param name="Countries">Ways to write the country; the code is the last.</param>
/// <param name="Women">First names.</param>
/// <param name="Men">First names.</param>
/// <param name="LastNames">Last names.</param>
/// <param name="Towns">Towns.</param>
/// <param name="Streets">Streets, with <c>{0}</c> for the house number.</param>
/// <param name="Phones">Telephone numbers with <c>#</c> for digits.</param>
internal sealed record ContactRegion(
    string[] Countries, string[] Women, string[] Men, string[] LastNames, ContactTown[] Towns, string[] Streets, string[] Phones)
{
    /// <summary>Where two in five contacts live: only its telephone numbers come without a country, too.</summary>
    public static ContactRegion Home { get; } = new(
        ["Germany", "Deutschland", "DE"], ["Anna", "Jördis", "Käthe", "Zoë", "Mary-Ann", "Élodie"],
        ["Jörg", "Björn", "Max", "Søren", "Karl-Heinz", "Mirosław"],
        ["Müller", "Groß", "von der Heide", "Öztürk", "O'Neil", "Schäfer", "Łukasiewicz", "Nguyễn", "Weiß-Krüger"],
        [
            new("Berlin", "", "10###"), new("München", "Bayern", "80###"), new("Köln", "Nordrhein-Westfalen", "50###"),
            new("Tübingen", "Baden-Württemberg", "720##"), new("Frankfurt (Oder)", "Brandenburg", "152##"),
        ],
        ["Straße des 17. Juni {0}", "Gänsemarkt {0}", "An der Alster {0}a", "Königsallee {0}"],
        ["+49 30 #######", "030/### ## ##", "0049 (0)89 ########", "0151 ########", "+49 (221) ######"]);

    /// <summary>Everywhere else.</summary>
    public static IReadOnlyList<ContactRegion> Others { get; } =
    [
        new(["United States", "USA", "US"], ["Mary", "Grace", "Zoe"], ["James", "José", "D'Andre"], ["Smith", "García", "St. John", "Lee"],
            [new("New York", "NY", "100##"), new("San Francisco", "California", "941##-####"), new("St. Louis", "Missouri", "631##")],
            ["{0} Main Street", "{0} 5th Avenue"], ["+1 (212) #46-####", "+1 415 #46 ####"]),
        new(["United Kingdom", "UK", "GB"], ["Siân", "Amelia"], ["Oliver", "Ruaridh"], ["Jones", "MacDonald", "ffoulkes"],
            [new("London", "", "SW1A #AA"), new("Aberystwyth", "Ceredigion", "SY23 #BB")],
            ["{0} High Street", "Flat {0}, The Mews"], ["+44 20 7946 0###", "+44 161 496 0###"]),
        new(["España", "Spain", "ES"], ["María José", "Begoña"], ["Íñigo", "José María"], ["Núñez", "de la Peña", "Ibáñez"],
            [new("A Coruña", "Galicia", "150##"), new("León", "Castilla y León", "240##")], ["Calle Mayor, {0}"], ["+34 91# ## ## ##"]),
        new(["France", "FR"], ["Chloé", "Anaïs"], ["François", "Loïc"], ["Lefèvre", "d'Aubigné", "Bœuf"],
            [new("Besançon", "", "250##"), new("Saint-Étienne", "", "420##")], ["{0}, rue de l'Église"], ["+33 1 4# ## ## ##"]),
        new(["Polska", "Poland", "PL"], ["Żaneta", "Małgorzata"], ["Paweł", "Łukasz"], ["Wójcik", "Dąbrowski", "Źródłowska"],
            [new("Łódź", "łódzkie", "90-###"), new("Gdańsk", "pomorskie", "80-###")], ["ul. Świętojańska {0}"], ["+48 22 5## ## ##"]),
        new(["Türkiye", "TR"], ["İpek", "Ayşe"], ["Işık", "Çağrı"], ["Yılmaz", "Şahin", "Ağaoğlu"],
            [new("İstanbul", "", "34###"), new("Iğdır", "", "76###")], ["İstiklal Caddesi No: {0}"], ["+90 212 5## ## ##"]),
        new(["Việt Nam", "Vietnam", "VN"], ["Thị Hằng", "Ngọc"], ["Văn Đức", "Quốc"], ["Nguyễn", "Trần", "Đặng"],
            [new("Hà Nội", "", "10####"), new("Đà Nẵng", "", "55####")], ["{0} phố Huế"], ["+84 24 3### ####"]),
        new(["Россия", "Russia", "RU"], ["Анна", "Юлия"], ["Владимир", "Пётр"], ["Щербакова", "Иванов", "Зайцев"],
            [new("Москва", "", "101###"), new("Санкт-Петербург", "", "190###")], ["ул. Ленина, д. {0}"], ["+7 495 7## ## ##"]),
        new(["Україна", "Ukraine", "UA"], ["Ганна", "Їжакевич"], ["Євген", "Мар'ян"], ["Шевченко", "Ґалаґан"],
            [new("Київ", "", "010##"), new("Львів", "Львівська область", "790##")], ["вул. Хрещатик, {0}"], ["+380 44 5## ## ##"]),
        new(["Ελλάδα", "Greece", "GR"], ["Μαρία", "Ελένη"], ["Γιώργος", "Άγγελος"], ["Παπαδόπουλος", "Οικονόμου"],
            [new("Αθήνα", "Αττική", "10# ##"), new("Θεσσαλονίκη", "", "54# ##")], ["Οδός Ερμού {0}"], ["+30 21 0### ####"]),
        new(["中国", "China", "CN"], ["秀英", "芳"], ["伟", "建国"], ["王", "欧阳", "李"],
            [new("北京", "", "100###"), new("广州", "广东", "510###")], ["长安街{0}号"], ["+86 10 6### ####"]),
        new(["日本", "Japan", "JP"], ["美咲", "さくら"], ["翔太", "ケンジ"], ["佐藤", "渡邉", "髙橋"],
            [new("東京", "東京都", "100-####"), new("札幌市", "北海道", "060-####")], ["千代田{0}丁目"], ["+81 3 3### ####"]),
        new(["대한민국", "South Korea", "KR"], ["지영", "수빈"], ["민준", "철수"], ["김", "이", "박"],
            [new("서울", "", "04###"), new("부산", "", "48###")], ["세종대로 {0}"], ["+82 2 7## ####"]),
        new(["مصر", "Egypt", "EG"], ["فاطمة", "ليلى"], ["محمد", "عبد الله"], ["حسن", "السيد"],
            [new("القاهرة", "", "115##"), new("الإسكندرية", "", "215##")], ["شارع التحرير {0}"], ["+20 2 27## ####"]),
        new(["ישראל", "Israel", "IL"], ["שרה", "נועה"], ["דוד", "יוסף"], ["כהן", "לוי", "בן־דוד"],
            [new("תל אביב", "", "61####0"), new("ירושלים", "", "91####0")], ["רחוב הרצל {0}"], ["+972 3 5## ####"]),
        new(["ประเทศไทย", "Thailand", "TH"], ["สมหญิง", "น้ำฝน"], ["สมชาย", "วิชัย"], ["ใจดี", "ศรีสุข"],
            [new("กรุงเทพมหานคร", "", "10###"), new("เชียงใหม่", "", "50###")], ["ถนนสุขุมวิท {0}"], ["+66 2 6## ####"]),
        new(["भारत", "India", "IN"], ["प्रिया", "आशा"], ["राहुल", "अमित"], ["शर्मा", "गुप्ता"],
            [new("मुंबई", "महाराष्ट्र", "400###"), new("दिल्ली", "", "110###")], ["{0} महात्मा गांधी मार्ग"], ["+91 22 2### ####"]),
    ];
}
