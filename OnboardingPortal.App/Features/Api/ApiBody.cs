using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Net.Http.Headers;
using OnboardingPortal.Core.Api;

namespace OnboardingPortal.App.Features.Api;

/// <summary>Reads a call's body: bounded, JSON in UTF-8, and of the documented form to the last member.</summary>
internal static class ApiBody
{
    /// <summary>The most bytes of a body.</summary>
    public const int MaxBytes = 256 * 1024;

    private const int MaxDepth = 8;
    private const int MaxShown = 80;

    /// <summary>The body.</summary>
    /// <returns>The body, <see cref="BodyNotJson"/>, <see cref="BodyTooLarge"/>, <see cref="BodyRefused"/> or
    /// <see cref="BodyMemberUnknown"/>.</returns>
    public static async Task<Result<T>> ReadAsync<T>(HttpRequest request, CancellationToken cancellationToken)
        where T : class
    {
        if (!IsJson(request.ContentType) || request.Headers.ContentEncoding.Count > 0) return new BodyNotJson();
        if (request.ContentLength > MaxBytes) return new BodyTooLarge(MaxBytes);
        using var buffer = new MemoryStream();
        try
        {
            await request.Body.CopyToAsync(buffer, cancellationToken);
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return new BodyTooLarge(MaxBytes); // one that did not say how long it is
        }

        return Read<T>(buffer.GetBuffer().AsMemory(0, (int)buffer.Length));
    }

    private static Result<T> Read<T>(ReadOnlyMemory<byte> json)
        where T : class
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = MaxDepth });
            if (document.RootElement.ValueKind != JsonValueKind.Object) return new BodyRefused("$");
            var known = ApiJson.Options.GetTypeInfo(typeof(T)).Properties;
            foreach (var member in document.RootElement.EnumerateObject())
            {
                if (known.All((JsonPropertyInfo p) => p.Name != member.Name)) return new BodyMemberUnknown(Cut(member.Name));
            }

            return JsonSerializer.Deserialize<T>(json.Span, ApiJson.Options) is { } value ? value : new BodyRefused("$");
        }
        catch (JsonException exception)
        {
            return new BodyRefused(Cut(exception.Path ?? "$"));
        }
        catch (InvalidOperationException)
        {
            return new BodyRefused("$"); // half a character of two, which is no text
        }
    }

    private static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
        && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)
            || type.Charset.Equals("\"utf-8\"", StringComparison.OrdinalIgnoreCase));

    private static string Cut(string text) => text.Length > MaxShown ? text[..MaxShown] + "…" : text;
}
