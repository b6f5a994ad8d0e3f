using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using OnboardingPortal.Core.Api;

namespace OnboardingPortal.App.Features.Api;

/// <summary>The OpenAPI document: made from the endpoints and their models, and completed by what those cannot say.</summary>
internal static class ApiDocument
{
    /// <summary>The document's name for how a program signs in.</summary>
    public const string Security = "apiKey";

    public static void Configure(OpenApiOptions options)
    {
        options.ShouldInclude = endpoint => endpoint.RelativePath?.StartsWith("api/v1/", StringComparison.Ordinal) == true;
        options.AddDocumentTransformer(DescribeAsync);
        options.AddOperationTransformer(DescribeAsync);
        options.AddSchemaTransformer(DescribeAsync);
    }

    private static Task DescribeAsync(
        OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "OnboardingPortal API",
            Version = "v1",
            Description = "Make, send and watch onboarding requests, read what the agency can use, and run data syncs. A main user makes "
                + "keys under Settings > API; a key acts as that user. "
                + "Ids are strings, times are ISO 8601 in UTC, and every refusal is a problem (RFC 9457) whose code does not change. "
                + "Answers may get further members; programs ignore those that they do not know.",
        };
        document.Servers = [
            new OpenApiServer { Url = context.ApplicationServices.GetRequiredService<PortalAddress>().Public.AbsoluteUri.TrimEnd('/') }
        ];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Security] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                BearerFormat = $"{ApiKeys.Start}…",
                Description = "A key made under Settings > API."
            },
        };
        var all = document.Components.Schemas ?? new Dictionary<string, IOpenApiSchema>();
        foreach (var schema in all.Values.OfType<OpenApiSchema>()) SpellOut(schema, all);
        return Task.CompletedTask;
    }

    /// <summary>
    /// Says of words that they are strings, and names those that may be null where they stand: what is "one of null and a reference"
    /// generators make a class of, which reads no string.
    /// </summary>
    private static void SpellOut(OpenApiSchema schema, IDictionary<string, IOpenApiSchema> all)
    {
        if (schema.Enum is { Count: > 0 } named)
        {
            schema.Type ??= JsonSchemaType.String;
            schema.Enum = WordsOf(named);
        }

        foreach (var (name, property) in schema.Properties?.ToList() ?? [])
        {
            if (property.OneOf is not { Count: 2 } choices || !choices.Any(c => c.Type == JsonSchemaType.Null)) continue;
            if (choices.OfType<OpenApiSchemaReference>().SingleOrDefault() is not { Reference.Id: { } id } reference) continue;
            if (all.TryGetValue(id, out var target) && target.Enum is { Count: > 0 } words)
            {
                schema.Properties![name] = new OpenApiSchema
                {
                    Description = property.Description ?? reference.Description,
                    Type = JsonSchemaType.String | JsonSchemaType.Null,
                    Enum = [.. WordsOf(words), JsonNullSentinel.JsonNull],
                };
            }
        }
    }

    /// <summary>Without the null that the first place of a word that may be null brings in.</summary>
    private static List<JsonNode> WordsOf(IList<JsonNode> named) =>
        [.. named.Where(word => word is not null && !word.IsJsonNullSentinel())];

    private static async Task DescribeAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var scope = context.Description.ActionDescriptor.EndpointMetadata.OfType<ApiEndpoint>().Single().Scope;
        operation.Description += $" The key needs the permission {scope}.";
        operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Security, context.Document)] = [] }];
        var isSync = context.Description.RelativePath?.StartsWith(ApiSyncEndpoints.Path, StringComparison.Ordinal) == true;
        var subject = isSync ? "data sync" : "request";
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? []) Describe(parameter, subject);
        foreach (var (status, response) in operation.Responses ?? []) Describe(status, (OpenApiResponse)response, subject);
        if (operation.OperationId != "createRequest") return;

        operation.Parameters = [.. operation.Parameters ?? [], new OpenApiParameter
        {
            Name = ApiEndpoints.IdempotencyHeader,
            In = ParameterLocation.Header,
            Description = "By what you know this call again, for example a random UUID: 1 to 255 visible ASCII characters.",
            Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = IdempotencyKey.KeyMaxLength },
            Example = "0f8fad5b-d9cb-469f-a165-70867728950e",
        }];
        var body = await context.GetOrCreateSchemaAsync(typeof(NewRequestBody), null, cancellationToken);
        context.Document!.AddComponent(nameof(NewRequestBody), body);
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Description = $"At most {ApiBody.MaxBytes / 1024} KB.",
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["application/json"] = new() { Schema = new OpenApiSchemaReference(nameof(NewRequestBody), context.Document) },
            },
        };
    }

    private static Task DescribeAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.JsonPropertyInfo is null && ApiExamples.Of(context.JsonTypeInfo.Type) is { } example)
        {
            schema.Examples = [JsonSerializer.SerializeToNode(example, context.JsonTypeInfo.Type, ApiJson.Options) ?? JsonValue.Create("")];
        }

        // the writer is ours, so nobody else can know
        if (context.JsonTypeInfo.Type == typeof(DateTimeOffset))
        {
            schema.Type = JsonSchemaType.String;
            schema.Format = "date-time";
        }

        if (context.JsonTypeInfo.Type == typeof(DateTimeOffset?))
        {
            schema.Type = JsonSchemaType.String | JsonSchemaType.Null;
            schema.Format = "date-time";
        }

        return Task.CompletedTask;
    }

    private static void Describe(OpenApiParameter parameter, string subject)
    {
        var (words, schema) = parameter.Name switch
        {
            "status" => ("Only requests of this status.", new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                Enum = [.. Enum.GetNames<ApiRequestStatus>().Select(n => (JsonNode)JsonValue.Create(n))],
            }),
            "search" => ("Words that must each begin a word of a recipient, a participant or an account.", new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                MaxLength = Core.Requests.RequestSearch.MaxLength,
            }),
            "cursor" => ("The next of the page before; left out: the first page.", new OpenApiSchema { Type = JsonSchemaType.String }),
            "limit" =>
                ("How many a page has.", new OpenApiSchema { Type = JsonSchemaType.Integer, Minimum = "1", Maximum = "100", Default = 50 }),
            _ => ($"The {subject}'s id.", new OpenApiSchema { Type = JsonSchemaType.String }),
        };
        parameter.Description = words;
        parameter.Schema = schema;
    }

    private static void Describe(string status, OpenApiResponse response, string subject)
    {
        response.Description = status switch
        {
            "200" => "Done.",
            "201" => "Made, now or by the call's first try.",
            "202" => "Under way, now or since an earlier call.",
            "204" => "Deleted.",
            "400" => "The call is not of the documented form; nothing was changed.",
            "401" => "No key, or one that does not work; the code says why.",
            "403" => "The key lacks a permission.",
            "404" => $"No such {subject}, or none that the key's user sees.",
            "409" => $"The {subject} does not allow this in its present state.",
            "413" => "The body is too long.",
            "415" => "The body is not JSON.",
            "422" => "What the body asks for is against the rules; nothing was changed.",
            "429" => "Too many calls with one key, or too many mails of one request, in a short time; the code says which.",
            "503" => "The portal is busy for a moment, or its database is away.",
            _ => response.Description,
        };
        var headers = status switch
        {
            "201" => [
                ("Location", "The request's path."), (ApiEndpoints.RepeatHeader, "true when the request was made by an earlier call.")
            ],
            "202" => [("Location", $"The {subject}'s path.")],
            "401" => [("WWW-Authenticate", "Bearer")],
            "429" or "503" => [("Retry-After", "After how many seconds to call again.")],
            _ => Array.Empty<(string Name, string Words)>(),
        };
        foreach (var (name, words) in headers)
        {
            response.Headers ??= new Dictionary<string, IOpenApiHeader>();
            response.Headers[name] = new OpenApiHeader { Description = words, Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
        }
    }
}
