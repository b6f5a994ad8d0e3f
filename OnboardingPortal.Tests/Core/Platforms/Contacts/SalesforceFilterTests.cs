using System.Text;
using OnboardingPortal.Core.Platforms.Contacts;
using OnboardingPortal.Core.Platforms.Salesforce;
using SandboxQuery = OnboardingPortal.Sandbox.Salesforce.SalesforceQuery;

namespace OnboardingPortal.Tests.Core.Platforms.Contacts;

/// <summary>Conditions that people type become part of a query, and nothing else of it.</summary>
public sealed class SalesforceFilterTests
{
    private const int Tries = 5000;

    private static readonly string[] Pieces =
    [
        "'", "\\", "\"", "\\'", "''", "%", "_", " OR ", " AND ", "Id != null", "--", "/*", ")", "(", "SELECT", " FROM User", "LIMIT 1",
        "\\u0027", "\\\\", "é", "Ω", "日", "😀", "\ud800", "\u2028", "\u00a0", " ", "a", "1", "=", "<", ">", ",", ";", "{0}", ":", "?",
        "&q=", "#", "+",
    ];

    private static readonly string[] Shapes =
        ["LastName = ''", "LastName != ''", "LastName > ''", "LastName < ''", "LastName LIKE ''"];

    private static readonly SalesforceObject Contacts = new("Contact", ContactListKind.Contacts, new SalesforceDescription("Contacts",
    [
        new("Id", "Id", "id", false), new("Email", "Email", "email", false), new("LastName", "Last Name", "string", false),
        new("Birthdate", "Birthdate", "date", false), new("Points__c", "Points", "double", false), new("Old__c", "Old", "string", true),
        new("Bad FROM User", "Bad", "string", false),
    ]));

    [Fact]
    public void No_value_breaks_out_of_its_quotes()
    {
        var dice = new Random(20261130);
        for (var i = 0; i < Tries; i++)
        {
            var value = Value(dice);
            var comparison = dice.GetItems(Enum.GetValues<SalesforceComparison>(), 1)[0];
            var filter = SalesforceFilter.Read(new SalesforceFilter([new SalesforceCondition("LastName", comparison, value)]).Write());
            var conditions = filter is null ? null : Contacts.Conditions(filter);
            if (conditions is not { Succeeded: true }) continue; // blank, or torn apart by JSON

            var condition = Assert.Single(conditions.Value);
            var query = Contacts.Query(new ContactSelection("Contact", [new("Email", "Email")]), conditions.Value) + " ORDER BY Id";
            var typed = filter!.Conditions[0].Value;
            if (string.IsNullOrWhiteSpace(typed))
            {
                Assert.Matches("^LastName !?= null$", condition);
                continue;
            }

            var (outside, text) = Split(condition);
            Assert.Contains(outside, Shapes);
            Assert.Equal(comparison == SalesforceComparison.Contains ? $"%{typed}%" : typed, text);
            var read = SandboxQuery.Parse(query);
            Assert.Equal(("Contact", 1), (read!.Entity, read.Clauses.Count));
            if (comparison != SalesforceComparison.Contains) Assert.Equal(typed, read.Clauses[0].Value);
        }
    }

    [Theory]
    [InlineData("Points__c", "1")]
    [InlineData("Points__c", "-1.5")]
    [InlineData("Birthdate", "1980-03-07")]
    public void Numbers_and_days_stand_without_quotes(string field, string value)
    {
        var conditions = Contacts.Conditions(new SalesforceFilter([new SalesforceCondition(field, SalesforceComparison.Is, value)]));

        Assert.Equal([$"{field} = {value}"], conditions.Value);
    }

    [Theory]
    [InlineData("Old__c")]
    [InlineData("Bad FROM User")]
    [InlineData("Email FROM User WHERE Name")]
    [InlineData("email")]
    [InlineData("Account.Name")]
    public void A_field_that_the_organisation_does_not_show_is_never_named(string field)
    {
        var conditions = Contacts.Conditions(new SalesforceFilter([new SalesforceCondition(field, SalesforceComparison.Is, "x")]));

        Assert.Equal([field], Assert.IsType<ContactFieldsGone>(conditions.Error).Names);
        Assert.Equal([field], Contacts.Gone(new ContactSelection("Contact", [new(field, field)])));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("{}")]
    [InlineData("[null]")]
    [InlineData("""[{"Field":"Email","Comparison":"Is","Value":null}]""")]
    [InlineData("""[{"Field":null,"Comparison":"Is","Value":"x"}]""")]
    [InlineData("""[{"Field":"","Comparison":"Is","Value":"x"}]""")]
    [InlineData("""[{"Field":"Email","Comparison":"Ist","Value":"x"}]""")]
    [InlineData("""[{"Field":"Email","Comparison":17,"Value":"x"}]""")]
    [InlineData("""[{"Field":"Email","Comparison":"Is","Value":"a\u0000b"}]""")]
    [InlineData("""[{"Field":"Email","Comparison":"Is","Value":"a\nb"}]""")]
    public void What_is_no_filter_is_refused(string text) => Assert.Null(SalesforceFilter.Read(text));

    [Fact]
    public void A_filter_is_kept_and_read_as_it_was_and_is_bounded()
    {
        var condition = new SalesforceCondition("Email", SalesforceComparison.Contains, "@example.org");

        var read = SalesforceFilter.Read(new SalesforceFilter([condition, condition]).Write());

        Assert.Equal([condition, condition], read!.Conditions);
        Assert.Empty(SalesforceFilter.Read(null)!.Conditions);
        Assert.Null(SalesforceFilter.None.Write());
        Assert.Null(SalesforceFilter.Read(new SalesforceFilter([.. Enumerable.Repeat(condition, 6)]).Write()));
        Assert.Null(SalesforceFilter.Read(new SalesforceFilter([condition with { Value = new string('x', 256) }]).Write()));
    }

    [Theory]
    [InlineData(ContactFilterKind.Text, SalesforceComparison.Contains, "web", true)]
    [InlineData(ContactFilterKind.Text, SalesforceComparison.Contains, " ", false)]
    [InlineData(ContactFilterKind.Text, SalesforceComparison.IsNot, "", true)]
    [InlineData(ContactFilterKind.Number, SalesforceComparison.MoreThan, "1.5", true)]
    [InlineData(ContactFilterKind.Number, SalesforceComparison.MoreThan, "many", false)]
    [InlineData(ContactFilterKind.Number, SalesforceComparison.Contains, "1", false)]
    [InlineData(ContactFilterKind.Day, SalesforceComparison.LessThan, "2026-02-30", false)]
    [InlineData(ContactFilterKind.Day, SalesforceComparison.LessThan, "2026-02-28", true)]
    [InlineData(ContactFilterKind.YesNo, SalesforceComparison.Is, "true", true)]
    [InlineData(ContactFilterKind.YesNo, SalesforceComparison.Is, "perhaps", false)]
    public void A_condition_fits_what_stands_in_its_field(
        ContactFilterKind kind, SalesforceComparison comparison, string value, bool fits) =>
        Assert.Equal(fits, SalesforceConditions.Fits(kind, new SalesforceCondition("Field", comparison, value)));

    private static string Value(Random dice)
    {
        var value = new StringBuilder();
        for (var left = dice.Next(12); left > 0; left--)
            value.Append(dice.Next(5) == 0 ? ((char)dice.Next(32, 0xD7FF)).ToString() : dice.GetItems(Pieces, 1)[0]);
        return value.ToString();
    }

    /// <summary>What stands outside quotes, and the text within them, read by Salesforce's rules.</summary>
    private static (string Outside, string Inside) Split(string condition)
    {
        var (outside, inside, isIn) = (new StringBuilder(), new StringBuilder(), false);
        for (var i = 0; i < condition.Length; i++)
        {
            if (isIn && condition[i] == '\\') inside.Append(condition[++i]);
            else if (condition[i] == '\'')
            {
                isIn = !isIn;
                outside.Append('\'');
            }
            else (isIn ? inside : outside).Append(condition[i]);
        }

        Assert.False(isIn);
        return (outside.ToString(), inside.ToString());
    }
}
