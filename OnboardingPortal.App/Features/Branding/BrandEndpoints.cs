using Microsoft.AspNetCore.Diagnostics;
using OnboardingPortal.App.Security;
using OnboardingPortal.Core.Agencies;

namespace OnboardingPortal.App.Features.Branding;

/// <summary>Serves logos: a picture of its own type and nothing else, for ever under the same address.</summary>
internal static class BrandEndpoints
{
    public const string DraftPath = "brand/draft/";
    private const string NothingElse = "default-src 'none'";
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head]; // what looks through mails asks with HEAD first

    public static void MapBrand(this IEndpointRouteBuilder app)
    {
        app.MapMethods(
            "/brand/{agency:long}/{hash}", Reading,
            async (HttpContext context, long agency, string hash, ClientBrands brands, CancellationToken cancellationToken) =>
            {
                var id = AgencyId.From(agency);
                if (!AgencyHost.Allows(context, id) || await brands.FindLogoAsync(id, hash, cancellationToken) is not var (content, type))
                    return Nothing(context);
                context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
                return Logo(context, content, type);
            }).AllowAnonymous();

        app.MapMethods("/" + DraftPath + "{id}", Reading, (HttpContext context, string id, DraftLogos drafts) =>
        {
            if (drafts.Find(id) is not { } logo) return Nothing(context);
            context.Response.Headers.CacheControl = "no-store";
            return Logo(context, logo.Content, logo.Type);
        }).RequireAuthorization(Policies.MainUser);
    }

    private static IResult Nothing(HttpContext context)
    {
        // the page that says so is for who looks
        if (HttpMethods.IsHead(context.Request.Method)) context.Features.Get<IStatusCodePagesFeature>()?.Enabled = false;
        return Results.NotFound();
    }

    private static IResult Logo(HttpContext context, byte[] content, string type)
    {
        context.Response.Headers.ContentSecurityPolicy = NothingElse;
        context.Response.Headers.ContentDisposition = $"inline; filename=\"logo.{type["image/".Length..]}\"";
        return Results.Bytes(content, type);
    }
}
