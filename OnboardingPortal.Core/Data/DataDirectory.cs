using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace OnboardingPortal.Core.Data;

/// <summary>
/// The directory of <c>Portal:DataDirectory</c>, which only the portal's own user may open; and the file of SQLite, on which one process at
/// a time runs.
/// </summary>
public sealed partial class DataDirectory(IOptions<PortalOptions> portal, IOptions<DatabaseOptions> database, IConfiguration configuration)
    : IDisposable
{
    private static readonly int[] Taken = [11, 35, unchecked((int)0x80070020)]; // EWOULDBLOCK of Linux and macOS, ERROR_SHARING_VIOLATION
    private static readonly string[] Own = ["portal.db*", "master.key*", "sandbox.json*"];
    private FileStream? _held;

    private string Folder => Path.GetFullPath(portal.Value.DataDirectory);

    /// <summary>How SQLite is opened.</summary>
    internal string ConnectionString => configuration.GetConnectionString("Portal") is { Length: > 0 } configured
        ? configured
        : $"Data Source={Path.Combine(Folder, "portal.db")};Foreign Keys=True;Default Timeout=30";

    /// <summary>
    /// Makes the directory, takes what lies in it from everybody else, and holds the file of SQLite until the process ends, however it
    /// ends.
    /// </summary>
    /// <param name="logger">Hears of a directory above it that others may write to.</param>
    /// <exception cref="StartRefusedException">It cannot be written to, or another portal runs on the file.</exception>
    public void Open(ILogger logger)
    {
        try
        {
            PrivateFiles.CreateDirectory(Folder);
            if (database.Value.Provider == DatabaseProvider.Sqlite && FileOfSqlite() is { } file) Hold(file);
            Tighten(logger);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException(
                $"The portal cannot write to its data directory {Folder} (Portal:DataDirectory): {exception.Message}", exception);
        }

        if (!OperatingSystem.IsWindows() && Path.GetDirectoryName(Folder) is { } parent && IsOpenToOthers(File.GetUnixFileMode(parent)))
            LogOpenParent(logger, parent);
    }

    /// <summary>What the portal keeps, and nothing else that somebody may have laid beside it.</summary>
    private void Tighten(ILogger logger)
    {
        if (OperatingSystem.IsWindows()) return;
        if (File.GetUnixFileMode(Folder).HasFlag(UnixFileMode.StickyBit))
        {
            LogShared(logger, Folder); // such as /tmp, which belongs to everybody
            return;
        }

        try
        {
            PrivateFiles.TightenDirectory(Folder);
            foreach (var file in Own.SelectMany(names => Directory.EnumerateFiles(Folder, names))) PrivateFiles.TightenFile(file);
            TightenWithin("mail", "*.eml");
            TightenWithin("audit", "*.log");
        }
        catch (UnauthorizedAccessException)
        {
            LogShared(logger, Folder); // another user's, who lets the portal in
        }
    }

    private void TightenWithin(string name, string files)
    {
        var directory = Path.Combine(Folder, name);
        if (!Directory.Exists(directory)) return;
        PrivateFiles.TightenDirectory(directory);
        foreach (var file in Directory.EnumerateFiles(directory, files)) PrivateFiles.TightenFile(file);
    }

    /// <summary>Null where the database is none that another process could open.</summary>
    private string? FileOfSqlite()
    {
        var builder = new SqliteConnectionStringBuilder(ConnectionString);
        var isFile = builder.Mode != SqliteOpenMode.Memory && builder.DataSource is not ("" or ":memory:")
            && !builder.DataSource.StartsWith("file:", StringComparison.OrdinalIgnoreCase);
        return isFile ? Path.GetFullPath(builder.DataSource) : null;
    }

    /// <summary>Lets the file go.</summary>
    public void Dispose() => _held?.Dispose();

    private void Hold(string file)
    {
        var alone = PrivateFiles.New(FileMode.OpenOrCreate);
        alone.Share = FileShare.None;
        try
        {
            _held = new FileStream(file + ".lock", alone);
        }
        catch (IOException exception) when (Taken.Contains(exception.HResult))
        {
            throw new StartRefusedException(
                $"Another portal already runs on {file}. SQLite serves one process: stop the other one, or use PostgreSQL "
                + $"(Database:Provider) for several nodes.", exception);
        }

        // made here, for nobody else: what SQLite lays beside it follows it
        new FileStream(file, PrivateFiles.New(FileMode.OpenOrCreate)).Dispose();
    }

    private static bool IsOpenToOthers(UnixFileMode mode) =>
        (mode & (UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)) != 0 && (mode & UnixFileMode.StickyBit) == 0;

    [LoggerMessage(EventId = 1301, Level = LogLevel.Warning, Message = "Other users of this machine may write to {Parent}, in which "
        + "the data directory lies")]
    private static partial void LogOpenParent(ILogger logger, string parent);

    [LoggerMessage(EventId = 1302, Level = LogLevel.Warning, Message = "The data directory {Folder} belongs to others as well, who "
        + "may read what the portal keeps")]
    private static partial void LogShared(ILogger logger, string folder);
}
