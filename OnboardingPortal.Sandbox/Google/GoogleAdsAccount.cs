using System.Globalization;
using System.Text.Json.Nodes;
using OnboardingPortal.Sandbox.Accounts;

namespace OnboardingPortal.Sandbox.Google;

/// <summary>A Google Ads account of a person: their own one, a manager account, or one that is reached through it.</summary>
internal sealed record GoogleAdsAccount(AccountPerson Owner, string Id, string Name, GoogleAdsAccount? Manager, bool IsManager)
{
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

    /// <returns>Null for a resource that is not read here.</returns>
    public IEnumerable<JsonObject>? Rows(string resource) => resource switch
    {
        "customer" => [new JsonObject { ["customer"] = Describe() }],
        "customer_client" => Of(Owner).Where(a => a == this || (IsManager && a.Manager is not null)).Select(DescribeClient),
        "user_list" => IsManager
            ? []
            : [DescribeList(1, "Newsletter", 1100, "ONE_THOUSAND_TO_TEN_THOUSAND"), DescribeList(
                2, "Regular customers", 40, "LESS_THAN_FIVE_HUNDRED")],
        "lead_form_submission_data" => IsManager || Manager is not null ? [] : Owner.Contacts.Select(DescribeSubmission),
        _ => null,
    };

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

    private JsonObject DescribeList(int number, string name, int size, string range) => new()
    {
        ["userList"] = new JsonObject
        {
            ["resourceName"] = $"{ResourceName}/userLists/{number}",
            ["id"] = $"{number}",
            ["name"] = name,
            ["type"] = "CRM_BASED",
            ["sizeForDisplay"] = $"{size}",
            ["sizeRangeForDisplay"] = range,
            ["membershipStatus"] = "OPEN",
            ["matchRatePercentage"] = 70,
        },
    };

    private JsonObject DescribeSubmission(AccountContact contact)
    {
        var fields = new JsonArray(
            Field("FULL_NAME", $"{AccountContact.FirstName} {contact.LastName}"), Field("EMAIL", contact.Email),
            Field("CITY", contact.City), Field("POSTAL_CODE", contact.Zip));
        if (contact.Phone is not null)
            fields.Add(Field("PHONE_NUMBER", contact.Phone));
        return new JsonObject
        {
            ["leadFormSubmissionData"] = new JsonObject
            {
                ["resourceName"] = $"{ResourceName}/leadFormSubmissionData/{contact.Number}",
                ["id"] = $"{contact.Number}",
                ["submissionDateTime"] = contact.ModifiedAt.ToString("yyyy-MM-dd HH:mm:ss+00:00", CultureInfo.InvariantCulture),
                ["campaign"] = $"{ResourceName}/campaigns/701",
                ["leadFormSubmissionFields"] = fields,
            },
            ["campaign"] = new JsonObject { ["resourceName"] = $"{ResourceName}/campaigns/701", ["id"] = "701", ["name"] = "Autumn" },
        };
    }

    private static JsonObject Field(string type, string value) => new() { ["fieldType"] = type, ["fieldValue"] = value };

    private static string IdOf(long first, AccountPerson owner) => (first + owner.Number).ToString(CultureInfo.InvariantCulture);
}
