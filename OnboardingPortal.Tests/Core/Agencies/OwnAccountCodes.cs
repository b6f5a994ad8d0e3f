using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Agencies;

namespace OnboardingPortal.Tests.Core.Agencies;

/// <summary>The codes of authenticator apps, and the recovery codes.</summary>
public abstract partial class OwnAccountTests
{
    [Fact]
    public async Task A_code_works_once_and_neither_early_nor_late()
    {
        var setUp = await AnAppAsync();
        Assert.False(await TakesAsync(CodeOf(setUp))); // it showed this one when it was set up

        Clock.Advance(TimeSpan.FromSeconds(30));
        var code = CodeOf(setUp);
        Assert.True(await TakesAsync($"{code[..3]} {code[3..]}"));
        Assert.False(await TakesAsync(code));
        Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.False(await TakesAsync(code)); // still within its time, but used

        Assert.True(await TakesAsync(AuthenticatorCodes.Compute(setUp.Key, Clock.Now.AddSeconds(30)))); // a clock half a minute ahead
        Assert.False(await TakesAsync(AuthenticatorCodes.Compute(setUp.Key, Clock.Now))); // older than the one just taken
        Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.False(await TakesAsync(AuthenticatorCodes.Compute(setUp.Key, Clock.Now.AddSeconds(-60))));
        Assert.False(await TakesAsync(""));
    }

    [Fact]
    public async Task Two_who_bring_the_same_code_at_once_do_not_both_get_in()
    {
        var setUp = await AnAppAsync();
        Clock.Advance(TimeSpan.FromMinutes(1));
        await using var elsewhere = Portal.Scope();
        var (here, there) = (Users, elsewhere.ServiceProvider.GetRequiredService<UserManager<AgencyUser>>());
        var (mine, theirs) = (await UserAsync(), (await there.FindByIdAsync(Member.User.ToString()))!); // both read before either is taken

        var taken = new[]
        {
            await here.VerifyTwoFactorTokenAsync(mine, TokenOptions.DefaultAuthenticatorProvider, CodeOf(setUp)),
            await there.VerifyTwoFactorTokenAsync(theirs, TokenOptions.DefaultAuthenticatorProvider, CodeOf(setUp)),
        };

        Assert.Equal([true, false], taken);
    }

    [Fact]
    public async Task Keys_and_recovery_codes_lie_encrypted_and_each_recovery_code_works_once()
    {
        var setUp = await AnAppAsync();
        var codes = Value(await Factors.MakeRecoveryCodesAsync(Member, Password)).Codes;
        await using (var db = Portal.Contexts.CreateForSystem())
        {
            var kept = string.Join('\n', await db.UserTokens.Select(t => t.Value).ToListAsync(Cancel));
            Assert.DoesNotContain(setUp.Key, kept, StringComparison.Ordinal);
            Assert.All(codes, code => Assert.DoesNotContain(code, kept, StringComparison.Ordinal));
        }

        Assert.True((await Users.RedeemTwoFactorRecoveryCodeAsync(await UserAsync(), codes[3])).Succeeded);
        Assert.False((await Users.RedeemTwoFactorRecoveryCodeAsync(await UserAsync(), codes[3])).Succeeded);
        Assert.Equal(9, (await Factors.FindAsync(Member)).RecoveryCodesLeft);
    }

    [Fact]
    // RFC 6238, appendix B: the key is the ASCII text 12345678901234567890, of 8 digits the last 6
    public void Codes_are_those_of_the_specification()
    {
        const string Key = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
        foreach (var (seconds, code) in new[]
        {
            (59L, "287082"), (1111111109L, "081804"), (1111111111L, "050471"), (1234567890L, "005924"), (2000000000L, "279037"),
            (20000000000L, "353130")
        })
        {
            Assert.Equal(code, AuthenticatorCodes.Compute(Key, DateTimeOffset.FromUnixTimeSeconds(seconds)));
        }
    }
}
