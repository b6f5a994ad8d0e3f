namespace OnboardingPortal.Sandbox.Accounts;

/// <summary>A test person with one account full of contacts; everything in it follows from the number.</summary>
public sealed record AccountPerson(
    int Number, string Account, string Platform, string Key, string Name, string Email, string Shows, SandboxBehaviour Behaviour)
    : SandboxPerson(Platform, Key, Name, Email, Shows, Behaviour)
{
    private const int ContactsOfTheFirst = 1250;
    private const int ContactsOfTheOthers = 40;

    public override string AccountName => Account;

    /// <summary>Every contact of the account, in the order of their numbers.</summary>
    public IEnumerable<AccountContact> Contacts =>
        Enumerable.Range(1, Number == 1 ? ContactsOfTheFirst : ContactsOfTheOthers)
            .Select(number => new AccountContact(number, KeyOf(Account)));
}

/// <summary>Somebody in an account; one in ten wants no mail, one in seven has no telephone.</summary>
public sealed record AccountContact(int Number, string AccountKey)
{
    private static readonly (string City, string Zip)[] Places = [
        ("Berlin", "10115"), ("Hamburg", "20095"), ("Bremen", "28195"), ("Leipzig", "04109")
    ];

    public const string Country = "Germany";
    public const string State = "";

    public const string FirstName = "Contact";
    public string LastName => $"{Number}";
    public string Email => $"contact{Number}@{AccountKey}.example";
    public string? Phone => Number % 7 == 0 ? null : $"+49 30 {1000000 + Number}";
    public string City => Places[Number % Places.Length].City;
    public string Zip => Places[Number % Places.Length].Zip;
    public bool OptedOut => Number % 10 == 9;
    public DateTimeOffset ModifiedAt => new DateTimeOffset(2026, 10, 1, 12, 0, 0, TimeSpan.Zero).AddMinutes(Number);
}
