using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace OnboardingPortal.App.Security;

/// <summary>
/// Knows a browser again that a user signed in with before, by a cookie that outlives the session: its attempts are counted by themselves,
/// whatever strangers try meanwhile. It signs nobody in.
/// </summary>
public sealed class KnownBrowsers(IDataProtectionProvider protection)
{
    private const string Cookie = "portal.browser";
    private const int MaxUsers = 5; // of one browser
    private static readonly TimeSpan Life = TimeSpan.FromDays(365);
    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("OnboardingPortal.KnownBrowser.v1")
        .ToTimeLimitedDataProtector();

    /// <summary>What the browser is known by for a user; null when they have not signed in with it.</summary>
    public string? Find(HttpContext context, AgencyUserId user) =>
        Read(context).Where(known => known.User == user.ToString()).Select(known => known.Mark).FirstOrDefault();

    /// <summary>A user signed in with the browser.</summary>
    public void Remember(HttpContext context, AgencyUserId user)
    {
        var mark = Find(context, user) ?? RandomNumberGenerator.GetHexString(32);
        var others = Read(context).Where(known => known.User != user.ToString()).Take(MaxUsers - 1);
        var value = string.Join('|', others.Prepend((User: user.ToString(), Mark: mark)).Select(known => $"{known.User}/{known.Mark}"));
        HostCookie.Write(context, Cookie, _protector.Protect(value, Life), Life);
    }

    private List<(string User, string Mark)> Read(HttpContext context)
    {
        if (HostCookie.Read(context, Cookie) is not { } value) return [];
        try
        {
            return [.. _protector.Unprotect(value).Split('|').Select(known => known.Split('/')).Where(parts => parts.Length == 2)
                .Select(parts => (parts[0], parts[1]))];
        }
        catch (CryptographicException)
        {
            return []; // forged or too old: a browser like any other
        }
    }
}
