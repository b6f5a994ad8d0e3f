using OnboardingPortal.Sandbox.Accounts;

namespace OnboardingPortal.Sandbox.Mailchimp;

/// <summary>A test person of the Mailchimp stand-in, with the account that signing in opens.</summary>
public sealed record MailchimpPerson(
    MailchimpAccount Account, string Key, string Name, string Email, string Shows, SandboxBehaviour Behaviour)
    : SandboxPerson(MailchimpApp.Key, Key, Name, Email, Shows, Behaviour)
{
    public override string AccountName => Account.Name;
}

/// <remarks>
/// <c>Id</c>: What the API answers as <c>account_id</c>; the same at every sign-in.<br/>
/// <c>DataCentre</c>: First part of the account's API address.
/// </remarks>
public sealed record MailchimpAccount(string Id, string Name, string DataCentre, long UserId, long LoginId);

/// <summary>Everybody who can sign in at the Mailchimp stand-in, in the order of the sign-in page.</summary>
public static class MailchimpPeople
{
    public static IReadOnlyList<MailchimpPerson> All { get; } =
    [
        Person(1, "All well", "Blue Bakery", "us21", "Owner of an account with audiences of 12, 40, 250 and 5,000 contacts."),
        Person(2, "Second account", "Blue Bakery Shop", "us6", "Another account, to connect beside the first."),
        Person(3, "Cancels at consent", "Corner Coffee", "us21", "Presses Cancel when Mailchimp asks.", SandboxBehaviour.CancelsAtConsent),
        Person(4, "Account closed", "Old Mill", "us21", "Signs in, but Mailchimp has closed the account.", SandboxBehaviour.AccountClosed),
        Person(5, "Answers 500", "Thunder Toys", "us21", "Mailchimp answers every question about this account with an error of its own.",
            SandboxBehaviour.AnswersServerError),
        Person(6, "Answers nonsense", "Riddle Books", "us21", "Mailchimp's answers are cut off in the middle.",
            SandboxBehaviour.AnswersNonsense),
        Person(7, "Answers slowly", "Slow Food Market", "us21", "Mailchimp takes three seconds for every answer.",
            SandboxBehaviour.AnswersSlowly),
        Person(8, "Too many calls", "Busy Bee Honey", "us21", "Mailchimp answers that there are too many calls at once.",
            SandboxBehaviour.AnswersRateLimited),
        .. AccountPeople.Reading("Mailchimp")
            .Select((role, index) => Person(9 + index, role.Name, role.Account, "us21", role.Shows, role.Behaviour)),
        Person(13, "List emptied", "Empty Nest", "us21", "Once the contacts are changed on the sandbox's page, nobody is in any audience.",
            SandboxBehaviour.EmptiesLists),
    ];

    public static MailchimpPerson? Find(string? key) => All.FirstOrDefault(p => p.Key == key);

    private static MailchimpPerson Person(
        int number, string name, string account, string dataCentre, string shows, SandboxBehaviour behaviour = SandboxBehaviour.Ordinary)
    {
        var key = SandboxPerson.KeyOf(name);
        return new(new($"8d3a3db4d97663a9074efcc{number:000}", account, dataCentre, 123400 + number, 345600 + number),
            key, name, $"{key}@mailchimp.example", shows, behaviour);
    }
}
