using System.Globalization;
using System.Text.Json.Nodes;
using OnboardingPortal.Sandbox.Accounts;
using OnboardingPortal.Sandbox.Contacts;

namespace OnboardingPortal.Sandbox.Google;

/// <summary>A Google Ads account of a person: their own one, a manager account, or one that is reached through it.</summary>
internal sealed record GoogleAdsAccount(AccountPerson Owner, string Id, string Name, GoogleAdsAccount? Manager, bool IsManager)
{
    /// <summary>What lead forms are numbered from.</summary>
    private const int Forms = 800;

    /// <summary>Submissions are spread over so many days; the real one keeps 60.</summary>
    private const int Days = 55;

    public string ResourceName => $"customers/{Id}";

    /// <summary>All of a person's accounts. The last one needs the manager's id in <c>login-customer-id</c>.</summary>
    public static IReadOnlyList<GoogleAdsAccount> Of(AccountPerson owner)
    {
        var manager = new GoogleAdsAccount(owner, IdOf(9876543200, owner), $"{owner.Account} (manager)", null, IsManager: true);
        return
        [
            new(owner, IdOf(1234567800, owner), owner.Account, null, IsManager: false),
            manager,
            new(owner, IdOf(5556667700, owner), $"{owner.Account} abroad", manager, IsManager: false),
        ];
    }

    /// <summary>What a query finds; null for a resource that is not read here.</summary>
    public GoogleAdsRows? Rows(GoogleAdsQuery query, SandboxContactLists lists, DateTimeOffset now)
    {
        var hasForms = !IsManager && Manager is null && !(Owner.Behaviour == SandboxBehaviour.DeletesForms && lists.IsLater(Owner));
        var forms = (hasForms ? lists.Of(Owner) : [])
            .Select((list, index) => (Number: Forms + index, List: list)).ToList();
        return query.Resource switch
        {
            "customer" => GoogleAdsRows.Of([new JsonObject { ["customer"] = Describe() }]),
            "customer_client" => GoogleAdsRows.Of(
                Of(Owner).Where(a => a == this || (IsManager && a.Manager is not null)).Select(DescribeClient)),
            "user_list" => GoogleAdsRows.Of(
                IsManager ? [] : [DescribeList(1, "Newsletter", 1100), DescribeList(2, "Regular customers", 400)]),
            "asset" => GoogleAdsRows.Of(forms.Select(f => DescribeForm(f.Number, f.List.Name))),
            "lead_form_submission_data" => new GoogleAdsRows(
                [.. forms.Where(f => query.Value is null || query.Value == FormName(f.Number))
                    .Select(f => (f.List, (Func<SandboxContact, JsonObject>)(c => DescribeSubmission(c, f.Number, now))))]),
            _ => null,
        };
    }

    private JsonObject Describe() => new()
    {
        ["resourceName"] = ResourceName,
        ["id"] = Id,
        ["descriptiveName"] = Name,
        ["currencyCode"] = "EUR",
        ["timeZone"] = "Europe/Berlin",
        ["manager"] = IsManager,
        ["testAccount"] = false,
        ["status"] = "ENABLED",
    };

    private JsonObject DescribeClient(GoogleAdsAccount client)
    {
        var described = client.Describe();
        described["resourceName"] = $"{ResourceName}/customerClients/{client.Id}";
        described["level"] = client == this ? "0" : "1";
        return new JsonObject { ["customerClient"] = described };
    }

    private JsonObject DescribeList(int number, string name, int size) => new()
    {
        ["userList"] = new JsonObject
        {
            ["resourceName"] = $"{ResourceName}/userLists/{number}",
            ["id"] = $"{number}",
            ["name"] = name,
            ["type"] = "CRM_BASED",
            ["sizeForDisplay"] = $"{size}",
            ["sizeRangeForDisplay"] = size < 500 ? "LESS_THAN_FIVE_HUNDRED" : "ONE_THOUSAND_TO_TEN_THOUSAND",
            ["membershipStatus"] = "OPEN",
            ["matchRatePercentage"] = 70,
        },
    };

    private JsonObject DescribeForm(int number, string name) => new()
    {
        ["asset"] = new JsonObject
        {
            ["resourceName"] = FormName(number),
            ["id"] = $"{number}",
            ["type"] = "LEAD_FORM",
            ["name"] = name,
            ["leadFormAsset"] = new JsonObject { ["headline"] = $"{name}: sign up" },
        },
    };

    private JsonObject DescribeSubmission(SandboxContact contact, int form, DateTimeOffset now)
    {
        var at = now.AddDays(-(contact.Number % Days)).ToOffset(TimeSpan.FromHours(2));
        return new JsonObject
        {
            ["leadFormSubmissionData"] = new JsonObject
            {
                ["resourceName"] = $"{ResourceName}/leadFormSubmissionData/{form}{contact.Number:000000000}",
                ["id"] = $"{form}{contact.Number:000000000}",
                ["asset"] = FormName(form),
                ["submissionDateTime"] = at.ToString("yyyy-MM-dd HH:mm:sszzz", CultureInfo.InvariantCulture),
                ["campaign"] = $"{ResourceName}/campaigns/701",
                ["leadFormSubmissionFields"] = new JsonArray([.. Answers(contact).Where(a => a.Value.Length > 0)
                    .Select(a => new JsonObject { ["fieldType"] = a.Type, ["fieldValue"] = a.Value })]),
            },
            ["campaign"] = new JsonObject { ["resourceName"] = $"{ResourceName}/campaigns/701", ["id"] = "701", ["name"] = "Autumn" },
        };
    }

    private static IEnumerable<(string Type, string Value)> Answers(SandboxContact contact) =>
    [
        ("FULL_NAME", $"{contact.FirstName} {contact.LastName}".Trim()), ("EMAIL", contact.Email), ("PHONE_NUMBER", contact.Phone),
        ("CITY", contact.City), ("REGION", contact.State), ("POSTAL_CODE", contact.PostalCode), ("COUNTRY", contact.Country),
    ];

    private string FormName(int number) => $"{ResourceName}/assets/{number}";

    private static string IdOf(long first, AccountPerson owner) => (first + owner.Number).ToString(CultureInfo.InvariantCulture);
}
