using System.Net.Http.Headers;
using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NJsonSchema.CodeGeneration.CSharp;
using NSwag;
using NSwag.CodeGeneration.CSharp;

namespace OnboardingPortal.Tests.Browser;

/// <summary>A client as a generator makes it of the OpenAPI document, compiled and used.</summary>
public sealed class GeneratedClientTests(BrowserFixture fixture) : ApiTest(fixture)
{
    /// <summary>What somebody writes against the generated client; it compiles only while the document names things so.</summary>
    private const string Use = """
        namespace Made;

        public static class Use
        {
            public static async System.Threading.Tasks.Task<string> RunAsync(System.Net.Http.HttpClient http, string address)
            {
                var client = new Client(http) { BaseUrl = address };
                var body = new NewRequestBody { Services = ["mailchimp"], Message = "Hello", Recipients = ["generated@customer.example"] };
                var made = await client.CreateRequestAsync(null, body);
                var read = await client.GetRequestAsync(made.Id);
                var listed = await client.ListRequestsAsync(Status.Pending, "generated", null, 10);
                var connections = await client.ListConnectionsAsync(null, 100);
                var syncs = await client.ListSyncsAsync(null, 100);
                await client.DeleteRequestAsync(made.Id);
                var recipient = System.Linq.Enumerable.Single(read.Recipients);
                var isListed = System.Linq.Enumerable.Any(listed.Items, item => item.Id == made.Id);
                var isCreated = System.Linq.Enumerable.Any(read.Timeline, e => e.Kind == AuditKind.RequestCreated);
                return $"{made.Status} {recipient.Email} {recipient.Mail} {recipient.Delivery?.ToString() ?? "untold"} "
                    + $"{recipient.DeliveryAt?.ToString() ?? "never"} {isListed} {isCreated} {connections.Items.Count + syncs.Items.Count >= 0}";
            }
        }
        """;

    [Theory]
    [InlineData(CSharpJsonLibrary.NewtonsoftJson)]
    [InlineData(CSharpJsonLibrary.SystemTextJson)]
    public async Task A_client_that_NSwag_made_of_the_document_makes_reads_lists_and_deletes_a_request(CSharpJsonLibrary library)
    {
        var settings = new CSharpClientGeneratorSettings { ClassName = "Client" };
        settings.CSharpGeneratorSettings.Namespace = "Made";
        settings.CSharpGeneratorSettings.JsonLibrary = library;
        var document = await OpenApiDocument.FromJsonAsync(Program.Document.ToJsonString(), Cancel);
        var code = new CSharpClientGenerator(document, settings).GenerateFile();
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await AKey());

        var run = Compile(code, Use).GetType("Made.Use")!.GetMethod("RunAsync")!;
        var said = await (Task<string>)run.Invoke(null, [http, Fixture.Portal.Address.AbsoluteUri])!;

        string[] mails = ["Queued", "Sent"];
        Assert.Contains(said, mails.Select(mail => $"Pending generated@customer.example {mail} untold never True True True"));
    }

    [Fact]
    public void Words_are_strings_and_named_once_and_null_is_one_only_where_it_may_stand()
    {
        foreach (var (at, schema) in Schemas(Program.Document, "").Where(s => s.Schema["enum"] is not null))
        {
            var words = schema["enum"]!.AsArray().Select(word => (string?)word).ToList();
            var mayBeNull = schema["type"] is JsonArray types && types.Any(type => (string?)type == "null");
            Assert.True(schema["type"] is not null && words.Distinct().Count() == words.Count && words.Contains(null) == mayBeNull, at);
        }
    }

    private static IEnumerable<(string At, JsonObject Schema)> Schemas(JsonNode? node, string at) => node switch
    {
        JsonObject item => item.SelectMany(member => Schemas(member.Value, $"{at}/{member.Key}")).Append((at, item)),
        JsonArray items => items.SelectMany((item, i) => Schemas(item, $"{at}/{i}")),
        _ => [],
    };

    private static Assembly Compile(params string[] sources)
    {
        var known = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        var latest = new CSharpParseOptions(LanguageVersion.Latest);
        var compilation = CSharpCompilation.Create(
            $"Made{Guid.NewGuid():n}", sources.Select(source => CSharpSyntaxTree.ParseText(source, latest, cancellationToken: Cancel)),
            known.Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        using var assembly = new MemoryStream();
        var made = compilation.Emit(assembly, cancellationToken: Cancel);
        Assert.True(made.Success, string.Join('\n', made.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Take(5)));
        return Assembly.Load(assembly.ToArray());
    }
}
