using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;
using OnboardingPortal.Sandbox.Pages;

namespace OnboardingPortal.Sandbox.Facebook;

/// <summary>The part of Facebook's business settings where somebody gives a partner access by hand.</summary>
internal static class FacebookBusinessSettingsEndpoints
{
    public const string Path = $"{FacebookApp.Path}/business-settings";

    public static void MapFacebookBusinessSettings(this IEndpointRouteBuilder sandbox)
    {
        var settings = sandbox.MapGroup("/facebook/business-settings");
        settings.MapGet("", (string? person, int? saved, FacebookSharing sharing) =>
            Find(person) is { } found ? Show(found, sharing, saved: saved) : Choose());
        settings.MapPost("", SaveAsync);
        settings.MapPost("remove", RemoveAsync);
        settings.MapPost(
            "approvals/{asset}/{business}", (string asset, string business, string? person, HttpRequest http, FacebookSharing sharing) =>
            {
                sharing.Approve(asset, business);
                return Find(person) is { } found ? Back(http, found, saved: 1) : Results.Redirect($"{http.PathBase}/sandbox#approvals");
            });
    }

    /// <summary>What the person may give away by hand.</summary>
    public static IReadOnlyList<FacebookAsset> AssetsOf(FacebookPerson person) =>
        [.. FacebookWorld.Assets.Where(a => a.Owner is not null && FacebookWorld.RoleOf(person.Key, a.Owner) is not null)];

    /// <summary>Where a person approves what is shared.</summary>
    public static string ApprovalOf(FacebookShare share, FacebookPerson person) =>
        $"{Path}/approvals/{share.AssetId}/{share.BusinessId}?person={person.Key}";

    private static async Task<IResult> SaveAsync(HttpRequest http, string? person, FacebookSharing sharing)
    {
        if (Find(person) is not { } found)
            return Choose();
        var form = await http.ReadFormAsync(http.HttpContext.RequestAborted);
        var businessId = form["business_id"].ToString().Trim();
        var chosen = AssetsOf(found).Where(a => form["asset"].Contains(a.Id)).ToList();
        if (FacebookWorld.FindBusiness(businessId) is not { } business)
            return Show(
                found, sharing, businessId, chosen, "There is no business with this ID. Copy it again from where you were given it.");
        if (chosen.Count == 0)
            return Show(found, sharing, businessId, chosen, "Tick at least one ad account or Page.");

        foreach (var asset in chosen.Where(a => a.Owner != business))
            sharing.Confirm(asset, business);
        return Back(http, found, chosen.Count);
    }

    private static async Task<IResult> RemoveAsync(HttpRequest http, string? person, FacebookSharing sharing)
    {
        if (Find(person) is not { } found)
            return Choose();
        var form = await http.ReadFormAsync(http.HttpContext.RequestAborted);
        if (AssetsOf(found).Any(a => form["asset"] == a.Id))
            sharing.Remove(form["asset"].ToString(), form["business"].ToString());
        return Back(http, found, saved: null);
    }

    private static IResult Back(HttpRequest http, FacebookPerson person, int? saved)
    {
        var query = new QueryBuilder { { "person", person.Key } };
        if (saved is not null)
            query.Add("saved", saved.Value.ToString(CultureInfo.InvariantCulture));
        return Results.Redirect($"{http.PathBase}{Path}{query}");
    }

    // The portal knows the user id of the person who signed in, people know the name.
    private static FacebookPerson? Find(string? person) => FacebookPeople.Find(person) ?? FacebookPeople.FindByUserId(person);

    private static IResult Choose() => SandboxPages.Page<FacebookBusinessSettingsChoicePage>(new { });

    private static IResult Show(
        FacebookPerson person, FacebookSharing sharing, string? businessId = null, IReadOnlyList<FacebookAsset>? chosen = null,
        string? error = null, int? saved = null)
    {
        var assets = AssetsOf(person);
        return SandboxPages.Page<FacebookBusinessSettingsPage>(
            new
            {
                Person = person,
                Shareable = assets,
                Shares = assets.SelectMany(sharing.ListOf).ToList(),
                BusinessId = businessId,
                Chosen = chosen ?? (IReadOnlyList<FacebookAsset>)[],
                Error = error,
                Saved = saved,
            },
            error is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
    }
}
