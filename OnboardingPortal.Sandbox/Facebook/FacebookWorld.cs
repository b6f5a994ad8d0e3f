using System.Globalization;
using OnboardingPortal.Sandbox.Facebook.Audiences;
using OnboardingPortal.Sandbox.Facebook.Campaigns;
using static OnboardingPortal.Sandbox.Facebook.FacebookAgencyAdmin;

namespace OnboardingPortal.Sandbox.Facebook;

/// <summary>The businesses, ad accounts and Pages that exist at the Facebook stand-in, and who works where. It never changes.</summary>
public static class FacebookWorld
{
    private static readonly List<FacebookBusiness> _businesses = [];
    private static readonly List<FacebookMembership> _memberships = [];
    private static readonly List<FacebookAsset> _assets = [];

    static FacebookWorld()
    {
        var bakery = Add(
            "all-well", "Blue Bakery GmbH", ["Blue Bakery – EU", "Blue Bakery – Shop", "Blue Bakery – Test"],
            ["Blue Bakery", "Bakery Jobs"]);
        Add("two-business-managers", "Green Garage GmbH", ["Green Garage – Service", "Green Garage – Tyres"], ["Green Garage"]);
        Add("two-business-managers", "Green Garage Rental GmbH", ["Green Garage Rental"], ["Green Garage Rental", "Green Garage Vans"]);
        Add("cancels-at-consent", "Corner Coffee GmbH", ["Corner Coffee"], ["Corner Coffee"]);
        Add("unticks-a-permission", "Yellow Yoga Studio GmbH", ["Yellow Yoga – Classes", "Yellow Yoga – Online"], ["Yellow Yoga Studio"]);
        Add("not-an-admin", "Nordic Tea House GmbH", ["Nordic Tea – Germany", "Nordic Tea – Denmark"], ["Nordic Tea House"],
            role: "EMPLOYEE");
        Add("230-ad-accounts", "Big Fashion Group SE", ManyAccounts("Big Fashion", 230),
            ["Big Fashion", "Big Fashion Outlet", "Big Fashion Careers"]);
        Add("second-admin-must-approve", "Safe Savings Bank AG", ["Safe Savings – Accounts", "Safe Savings – Loans"], ["Safe Savings Bank"],
            FacebookSharingRule.NeedsSecondAdmin);
        Add("sharing-refused", "Red Bicycle GmbH", ["Red Bicycle – Shop", "Red Bicycle – Rental"], ["Red Bicycle"],
            FacebookSharingRule.Refused);
        Add("answers-500", "Thunder Toys GmbH", ["Thunder Toys"], ["Thunder Toys"]);
        Add("answers-slowly", "Slow Food Market GmbH", ["Slow Food Market"], ["Slow Food Market"]);
        Add("answers-nonsense", "Riddle Books GmbH", ["Riddle Books"], ["Riddle Books"]);
        Add("too-many-calls", "Busy Bee Honey GmbH", ["Busy Bee Honey"], ["Busy Bee Honey"]);
        Add("sign-in-runs-out", "Morning Milk GmbH", ["Morning Milk"], ["Morning Milk"]);
        Add("must-be-requested", "Paper Crane GmbH", ["Paper Crane"], ["Paper Crane", "Paper Crane Workshops"],
            FacebookSharingRule.PagesOnRequest);
        Add("page-of-the-new-experience", "Fresh Bread GmbH", ["Fresh Bread"], ["Fresh Bread"], newPages: true);
        var garden = Add("owned-by-another-business", "Garden Gnome GmbH", ["Garden Gnome"], ["Garden Gnome"]);
        Add("not-assignable", "Silent Piano GmbH", ["Silent Piano"], ["Silent Piano"], FacebookSharingRule.PeopleRefused);
        Add("5000-ad-accounts", "World Retail Holding SE", ManyAccounts("World Retail", 5000), ["World Retail"]);

        Add(AudienceTroubles.Person, "Cloudy Candles GmbH", AudienceTrouble.All.Select(t => t.AdAccount), ["Cloudy Candles"]);

        Add(Key, new FacebookBusiness(BrightsideAgencyId, BrightsideAgencyName), "ADMIN", BrightsideAgencyUserId);
        Add(Key, new FacebookBusiness(BrightsideLabsId, BrightsideLabsName), "ADMIN", BrightsideLabsUserId);
        Add(Key, new FacebookBusiness(HarbourMediaId, HarbourMediaName), "EMPLOYEE", HarbourMediaUserId);

        // Somebody else's business: All well works on its ad account, but cannot give it away.
        var media = new FacebookBusiness("998877665544900", "Old Mill Media AG");
        _businesses.Add(media);
        _assets.Add(new FacebookAdAccount("1234567900", "Old Mill Regional", media, bakery));
        _assets.Add(new FacebookAdAccount("1234567902", "Old Mill Garden Show", media, garden));
        _assets.Add(new FacebookPage("102030405069902", "Old Mill Garden Show", media, Partner: garden));

        AddCampaigns();

        // Without a Business Manager an asset belongs to the person.
        _assets.Add(new FacebookAdAccount("1234567901", "Little Flower Shop", Owner: null, Partner: null, Person: "no-business-manager"));
        _assets.Add(new FacebookPage("102030405069901", "Little Flower Shop", Owner: null, Person: "no-business-manager"));
        _assets.Add(new FacebookPage("102030405069903", "Gnome Lovers", Owner: null, Person: "owned-by-another-business"));
    }

    public static IReadOnlyList<FacebookBusiness> Businesses => _businesses;
    public static IReadOnlyList<FacebookMembership> Memberships => _memberships;
    public static IReadOnlyList<FacebookAsset> Assets => _assets;

    public static FacebookBusiness? FindBusiness(string? id) => _businesses.Find(b => b.Id == id);

    /// <param name="id">An ad account's id with <c>act_</c>, or a Page's.</param>
    public static FacebookAsset? FindAsset(string? id) => _assets.Find(a => a.Id == id);

    public static string? RoleOf(string personKey, FacebookBusiness? business) =>
        _memberships.Find(m => m.PersonKey == personKey && m.Business == business)?.Role;

    public static bool IsAdmin(string personKey, FacebookBusiness? business) => RoleOf(personKey, business) == "ADMIN";

    /// <summary>Whether the person may look at the asset at all, whatever the reason.</summary>
    public static bool Sees(string personKey, FacebookAsset asset) =>
        asset.Person == personKey
        || (asset.Owner is not null && RoleOf(personKey, asset.Owner) is not null)
        || (asset.Partner is not null && RoleOf(personKey, asset.Partner) is not null);

    /// <summary>Whether the person may decide who works on the asset.</summary>
    public static bool Governs(string personKey, FacebookAsset asset) =>
        asset.Owner is null ? asset.Person == personKey : IsAdmin(personKey, asset.Owner);

    private static FacebookBusiness Add(
        string person, string name, IEnumerable<string> accounts, IEnumerable<string> pages,
        FacebookSharingRule rule = FacebookSharingRule.Allowed, string role = "ADMIN", bool newPages = false)
    {
        var number = _businesses.Count + 1;
        var business = new FacebookBusiness($"9988776655443{number:00}", name, rule);
        Add(person, business, role, $"1221000000000000{number:00}");
        foreach (var (index, account) in accounts.Index())
            _assets.Add(new FacebookAdAccount($"1234{number:000}{index + 1:000}", account, business, Status: StatusOf(index)));
        foreach (var (index, page) in pages.Index())
            _assets.Add(new FacebookPage($"10203040506{number:00}{index + 1:00}", page, business, IsNew: newPages));
        return business;
    }

    /// <summary>Ad accounts of several countries, and one for each thing that stands in the way of a campaign.</summary>
    private static void AddCampaigns()
    {
        const string person = "campaigns";
        var seas = new FacebookBusiness("998877665544940", "Seven Seas Trading AG");
        Add(person, seas, "ADMIN", "122100000000000040");
        FacebookAdAccount Account(int number, string name, int status = 1) => new($"12349400{number:00}", name, seas, Status: status);
        _assets.AddRange(
        [
            Account(1, "Seven Seas") with { Beneficiary = "Seven Seas Trading AG", Payor = "Seven Seas Trading AG" },
            Account(2, "Seven Seas Japan") with { Currency = "JPY", TimeZone = "Asia/Tokyo" },
            Account(3, "Seven Seas Switzerland") with { Currency = "CHF", TimeZone = "Europe/Zurich" },
            Account(4, "Seven Seas USA") with { Currency = "USD", TimeZone = "America/New_York" },
            Account(5, "Disabled account", status: 2),
            Account(6, "Policy not accepted") with { CampaignRule = FacebookCampaignRule.PolicyNotAccepted },
            Account(7, "App in development") with { CampaignRule = FacebookCampaignRule.AppInDevelopment },
            Account(8, "No right") with { CampaignRule = FacebookCampaignRule.RightMissing },
            Account(9, "Budget changed too often") with { CampaignRule = FacebookCampaignRule.BudgetChangedTooOften },
            Account(10, "Too many calls") with { CampaignRule = FacebookCampaignRule.Full },
            new FacebookPage("102030405069940", "Seven Seas", seas),
            new FacebookPage("102030405069941", "Seven Seas without ads", seas) { IsPromotable = false },
        ]);
    }

    private static void Add(string person, FacebookBusiness business, string role, string businessUserId)
    {
        _businesses.Add(business);
        _memberships.Add(new(person, business, role, businessUserId));
    }

    private static IEnumerable<string> ManyAccounts(string name, int count)
    {
        string[] lands = ["Germany", "Austria", "Switzerland", "France", "Italy", "Spain", "Poland", "Denmark", "Sweden", "Netherlands"];
        return Enumerable.Range(1, count)
            .Select(n => string.Create(CultureInfo.InvariantCulture, $"{name} {lands[n % lands.Length]} {n:000}"));
    }

    // Among many accounts some are always out of use: every 40th is disabled, every 75th is closed.
    private static int StatusOf(int index) => (index + 1) % 75 == 0 ? 101 : (index + 1) % 40 == 0 ? 2 : 1;
}
