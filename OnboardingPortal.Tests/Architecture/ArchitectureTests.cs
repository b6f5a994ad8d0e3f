using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Mails;

namespace OnboardingPortal.Tests.Architecture;

public sealed partial class ArchitectureTests
{
    private static readonly Assembly Core = typeof(PortalError).Assembly;
    private static readonly Assembly Mails = typeof(EmailTexts).Assembly;
    private static readonly Assembly App = Assembly.Load("OnboardingPortal.App");
    private static readonly Assembly Sandbox = Assembly.Load("OnboardingPortal.Sandbox");

    [Fact]
    public void The_core_knows_no_user_interface() => Assert.DoesNotContain(
        Core.GetReferencedAssemblies(),
        a => a.Name!.StartsWith("OnboardingPortal", StringComparison.Ordinal) || a.Name.StartsWith("MudBlazor", StringComparison.Ordinal)
            || a.Name.StartsWith("Microsoft.AspNetCore.Components", StringComparison.Ordinal)
            || a.Name.Contains("Razor", StringComparison.Ordinal));

    [Fact]
    public void Mails_know_no_page_and_are_shown_only_what_their_letter_says()
    {
        Assert.DoesNotContain(
            Mails.GetReferencedAssemblies(), a => a.Name == App.GetName().Name || a.Name == Sandbox.GetName().Name);
        Assert.DoesNotContain(
            Repository.Files("*.razor").Where(f => f.Contains(Mails.GetName().Name!, StringComparison.Ordinal)),
            f => File.ReadAllText(f).Contains("@inject", StringComparison.Ordinal));
    }

    [Fact]
    public void The_sandbox_knows_no_page_of_the_portal() =>
        Assert.DoesNotContain(Sandbox.GetReferencedAssemblies(), a => a.Name == App.GetName().Name);

    [Fact]
    public void Time_comes_from_the_clock_that_was_given()
    {
        var lines = from file in Repository.Files("*.cs").Concat(Repository.Files("*.razor"))
                    from line in File.ReadLines(file)
                    where SystemClock().IsMatch(line)
                    select $"{file}: {line.Trim()}";

        Assert.Empty(lines);
    }

    [Fact]
    public void Nothing_sleeps_or_writes_to_the_console_or_promises_to_be_done_later()
    {
        var lines = from file in Repository.Files("*.cs").Concat(Repository.Files("*.razor"))
                    from line in File.ReadLines(file)
                    where Forbidden().IsMatch(line)
                    select $"{file}: {line.Trim()}";

        Assert.Empty(lines);
    }

    [Fact]
    public void What_an_address_asks_for_is_taken_as_text_since_anything_may_stand_there()
    {
        const BindingFlags All = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
        var others = from type in App.GetTypes().Concat(Sandbox.GetTypes())
                     from property in type.GetProperties(All)
                     where property.IsDefined(typeof(SupplyParameterFromQueryAttribute)) && property.PropertyType != typeof(string)
                     select $"{type.Name}.{property.Name}";

        Assert.Empty(others);
    }

    [Fact]
    public void An_event_id_names_one_log_message()
    {
        const BindingFlags All = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic
            | BindingFlags.DeclaredOnly;
        var ids = from type in Core.GetTypes().Concat(Mails.GetTypes()).Concat(App.GetTypes()).Concat(Sandbox.GetTypes())
                  from method in type.GetMethods(All)
                  let message = method.GetCustomAttribute<LoggerMessageAttribute>()
                  where message is not null
                  group $"{type.Name}.{method.Name}" by message.EventId into sameId
                  where sameId.Count() > 1 || sameId.Key == 0
                  select $"{sameId.Key}: {string.Join(", ", sameId)}";

        Assert.Empty(ids);
    }

    [Fact]
    public void Nobody_outside_the_data_folder_takes_or_gives_a_context()
    {
        var users = from type in new[] { Core, Mails, App, Sandbox }.SelectMany(a => a.GetExportedTypes())
                    where type.Namespace?.StartsWith("OnboardingPortal.Core.Data", StringComparison.Ordinal) != true
                    from member in type.GetMembers(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public
                        | BindingFlags.DeclaredOnly)
                    where TypesOf(member).Any(t => typeof(PortalDbContext).IsAssignableFrom(t))
                    select $"{type.FullName}.{member.Name}";

        Assert.Empty(users);

        static IEnumerable<Type> TypesOf(MemberInfo member) => member switch
        {
            MethodBase method =>
                [.. method.GetParameters().Select(p => p.ParameterType), method is MethodInfo { ReturnType: var given }
                    ? given
                    : typeof(void)],
            PropertyInfo property => [property.PropertyType],
            FieldInfo field => [field.FieldType],
            _ => [],
        };
    }

    [Fact]
    public void The_user_interface_sees_no_context_and_no_HTTP_client_of_a_platform() => Assert.DoesNotContain(
        Repository.Files("*.razor").Concat(Repository.Files("*.cs"))
            .Where(f => f.Contains("OnboardingPortal.App", StringComparison.Ordinal)
                && !f.EndsWith("Program.cs", StringComparison.Ordinal)),
        f => File.ReadAllText(f) is var text
            && (text.Contains("DbContext", StringComparison.Ordinal) || text.Contains("HttpClient", StringComparison.Ordinal)));

    [Fact]
    public void No_file_is_longer_than_three_hundred_lines() => Assert.DoesNotContain(
        Repository.Files("*.cs").Concat(Repository.Files("*.razor")).Concat(Directory.EnumerateFiles(
            Path.Combine(Repository.Root, "OnboardingPortal.Tests"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))),
        // One list, of three lines an entry, that cannot be parted.
        f => File.ReadLines(f).Count() > 300 && Path.GetFileName(f) != "AuditKind.cs");

    [Fact]
    public void A_line_of_Razor_has_at_most_one_hundred_and_forty_columns() => // the build holds lines of C# to it
        Assert.DoesNotContain(Repository.Files("*.razor"), f => File.ReadLines(f).Any(line => line.Length > 140));

    [GeneratedRegex(@"\bDateTime(Offset)?\.(Utc)?(Now|Today)\b")]
    private static partial Regex SystemClock();

    [GeneratedRegex(@"Thread\.Sleep|Console\.Write|NotImplementedException|\bTODO\b")]
    private static partial Regex Forbidden();
}
