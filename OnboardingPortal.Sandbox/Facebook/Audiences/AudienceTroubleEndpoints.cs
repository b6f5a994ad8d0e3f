namespace OnboardingPortal.Sandbox.Facebook.Audiences;

/// <summary>Where the trouble of an ad account is mended, as its owner or Facebook would mend it.</summary>
internal static class AudienceTroubleEndpoints
{
    public const string Path = $"{FacebookApp.Path}/data-sync";

    public static void MapAudienceTroubles(this IEndpointRouteBuilder sandbox) => sandbox.MapPost(
        "/facebook/data-sync/{adAccount}/{act:regex(^(mend|break)$)}",
        (string adAccount, string act, HttpRequest http, AudienceTroubles troubles) =>
        {
            if (FacebookWorld.FindAsset(adAccount) is not FacebookAdAccount account)
                return Results.NotFound();
            troubles.Mend(account.Id, isMended: act == "mend");
            return Results.Redirect($"{http.PathBase}/sandbox#data-sync");
        });
}
