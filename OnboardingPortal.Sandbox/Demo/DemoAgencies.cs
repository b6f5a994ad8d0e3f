using Microsoft.AspNetCore.Identity;
using OnboardingPortal.Sandbox.Facebook;
using OnboardingPortal.Core;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.Facebook;

namespace OnboardingPortal.Sandbox.Demo;

/// <summary>The agencies that a newcomer can play with. Development only.</summary>
public sealed class DemoAgencies(
    AgencyService agencies, AgencyFacebookService facebook, IServiceScopeFactory scopes, FacebookTokens tokens, IConfiguration configuration, DemoRequests requests)
{
    public static readonly DemoUser Owner = new("owner@demo.test", "Demo-Owner-1!", "Demo owner");
    public static readonly DemoUser Member = new("member@demo.test", "Demo-Member-1!", "Demo member");
    public static readonly DemoUser OtherOwner = new("owner@other.test", "Demo-Owner-2!", "Other owner");

    private const string Message =
        """
        Hello,

        to run your campaigns we need access to your advertising accounts and your contacts. The link takes you through it step by step; it takes about five minutes.

        If anything is unclear, just answer this email.
        """;

    public async Task CreateAsync(CancellationToken cancellationToken)
    {
        using var scope = scopes.CreateScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AgencyUser>>();
        var owner = await CreateAsync("Brightside Agency", Owner, users, cancellationToken);
        Must(await agencies.AddUserAsync(owner.Agency, AgencyRole.SubUser, Member.Name, Member.Email, Member.Password, users));
        await CreateAsync("Harbour Agency", OtherOwner, users, cancellationToken);
        if (!SandboxSwitch.IsOn(configuration, FacebookApp.Section)) return;

        var signIn = new PlatformSignIn(
            new PlatformAccount(FacebookAgencyAdmin.UserId, FacebookAgencyAdmin.Name, FacebookAgencyAdmin.Email),
            new PlatformCredentials(tokens.IssueForDemo(FacebookAgencyAdmin.Key), null, null, null));
        await facebook.ConnectAsync(owner, signIn, FacebookAgencyAdmin.BusinessManagers, cancellationToken);
        requests.StartFor(owner);
    }

    private async Task<AgencyCaller> CreateAsync(string name, DemoUser owner, UserManager<AgencyUser> users, CancellationToken cancellationToken) =>
        Must(await agencies.CreateAsync(new NewAgency(name, owner.Name, owner.Email, owner.Password, Message), users, cancellationToken));

    private static T Must<T>(Result<T> result) => result.Value;
}

/// <summary>A user that the sign-in page names in Development.</summary>
public sealed record DemoUser(string Email, string Password, string Name);
