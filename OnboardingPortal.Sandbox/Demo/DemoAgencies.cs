using Microsoft.AspNetCore.Identity;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Sandbox.Facebook;

namespace OnboardingPortal.Sandbox.Demo;

/// <summary>The agencies that a newcomer can play with. Development only.</summary>
public sealed class DemoAgencies(
    AgencyService agencies, AgencyFacebookService facebook, IServiceScopeFactory scopes, FacebookTokens tokens, SandboxState state,
    IConfiguration configuration, DemoRequests requests)
{
    public static readonly DemoUser Owner = new("owner@demo.test", "Demo-Owner-1!", "Demo owner");
    public static readonly DemoUser Member = new("member@demo.test", "Demo-Member-1!", "Demo member");
    public static readonly DemoUser OtherOwner = new("owner@other.test", "Demo-Owner-2!", "Other owner");

    private const string Message = "Hello,\n\n"
        + "to run your campaigns we need access to your advertising accounts and your contacts. The link takes you through it step by "
        + "step; it takes about five minutes.\n\n"
        + "If anything is unclear, just answer this email.";

    private const string GermanMessage = "Guten Tag,\n\n"
        + "für Ihre Kampagnen brauchen wir Zugriff auf Ihre Werbekonten und Ihre Kontakte. Der Link führt Sie Schritt für Schritt "
        + "hindurch; das dauert etwa fünf Minuten.\n\n"
        + "Wenn etwas unklar ist, antworten Sie einfach auf diese E-Mail.";

    /// <summary>
    /// Makes the demo of an empty portal, and goes on with one that was broken off; a portal that has its demo, or never had one, is left
    /// as it is.
    /// </summary>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        var isEmpty = await agencies.IsEmptyAsync(cancellationToken);
        if (!isEmpty && !state.Read(s => s.IsDemoUnfinished)) return;
        state.Change(s => s.IsDemoUnfinished = true); // before the first row, so that a kill from here on is known at the next start
        if (isEmpty)
        {
            NewAgency[] made =
            [
                new("Brightside Agency", Owner.Name, Owner.Email, Owner.Password, Message)
                {
                    GermanDefaultMessage = GermanMessage,
                    SubUsers = [new NewSubUser(Member.Email, Member.Password, Member.Name)],
                },
                new("Harbour Agency", OtherOwner.Name, OtherOwner.Email, OtherOwner.Password, Message)
                {
                    GermanDefaultMessage = GermanMessage,
                },
            ];
            _ = (await agencies.CreateAsync(made, cancellationToken)).Value;
        }

        if (!SandboxSwitch.IsOn(configuration, FacebookApp.Section) || await FindOwnerAsync(cancellationToken) is not { } owner)
        {
            state.Change(s => s.IsDemoUnfinished = false);
            return;
        }

        var signIn = new PlatformSignIn(
            new PlatformAccount(FacebookAgencyAdmin.UserId, FacebookAgencyAdmin.Name, FacebookAgencyAdmin.Email),
            new PlatformCredentials(tokens.IssueForDemo(FacebookAgencyAdmin.Key), null, null, null));
        await facebook.ConnectAsync(owner, signIn, FacebookAgencyAdmin.BusinessManagers, cancellationToken);
        requests.StartFor(owner, isNew: isEmpty);
    }

    private async Task<AgencyCaller?> FindOwnerAsync(CancellationToken cancellationToken)
    {
        using var scope = scopes.CreateScope();
        var owner = await scope.ServiceProvider.GetRequiredService<UserManager<AgencyUser>>().FindByEmailAsync(Owner.Email);
        return owner is null ? null : await agencies.FindCallerAsync(owner.UserId, null, cancellationToken);
    }
}

/// <summary>A user that the sign-in page names in Development.</summary>
public sealed record DemoUser(string Email, string Password, string Name);
