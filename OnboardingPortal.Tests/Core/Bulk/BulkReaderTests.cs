using System.Text;
using OnboardingPortal.Core.Bulk;

namespace OnboardingPortal.Tests.Core.Bulk;

/// <summary>Files as spreadsheets and people make them.</summary>
public sealed class BulkReaderTests
{
    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, byte[]> Encodings => new()
    {
        { "UTF-8", Encoding.UTF8.GetBytes(Umlauts) },
        { "UTF-8 with its mark", [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(Umlauts)] },
        { "UTF-16", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(Umlauts)] },
        { "UTF-16, the other way round", [.. Encoding.BigEndianUnicode.GetPreamble(), .. Encoding.BigEndianUnicode.GetBytes(Umlauts)] },
        { "Windows-1252", Windows1252.GetBytes(Umlauts) },
    };

    private static string Umlauts => "Empfänger;Nachricht\r\nbäcker@example.com;Grüße, 5 €\r\n";

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Umlauts_are_read_in_every_encoding_that_spreadsheets_save(string encoding, byte[] content)
    {
        var row = Assert.Single(Value(BulkReader.Read(content)).Rows);

        Assert.Equal(("bäcker@example.com", "Grüße, 5 €"), (row.Of(BulkColumn.Recipients), row.Of(BulkColumn.Message)));
        Assert.True(row.Line == 2, encoding);
    }

    [Theory]
    [InlineData(",")]
    [InlineData(";")]
    [InlineData("\t")]
    public void The_delimiter_is_the_headers(string delimiter)
    {
        var text = "message,recipients,language\n\"a,b;c\td\",x@example.com,de\n".Replace(",", delimiter, StringComparison.Ordinal);

        var row = Assert.Single(Read(text).Rows);

        Assert.Equal(("x@example.com", "de"), (row.Of(BulkColumn.Recipients), row.Of(BulkColumn.Language)));
    }

    [Fact]
    public void The_delimiter_that_Excel_names_in_a_line_of_its_own_counts()
    {
        var row = Assert.Single(Read("sep=;\r\nrecipients;message\r\nx@example.com;a, b\r\n").Rows);

        Assert.Equal((3, "a, b"), (row.Line, row.Of(BulkColumn.Message)));
    }

    [Fact]
    public void Quotes_hold_delimiters_line_breaks_and_quotes_and_lines_are_counted_as_an_editor_does()
    {
        var file = Read("recipients,message\r\na@example.com,\"first\r\nsecond, with \"\"quotes\"\"\"\r\n\r\nb@example.com,last");

        Assert.Equal([(2, "first\r\nsecond, with \"quotes\""), (5, "last")], file.Rows.Select(r => (r.Line, r.Of(BulkColumn.Message))));
    }

    [Theory]
    [InlineData("recipients,services,message,language,business manager,template")]
    [InlineData("Template,BUSINESS MANAGER,Language,Message,Services,E-Mail")]
    [InlineData("Vorlage;Business-Manager;Sprache;Nachricht;Dienste;Empfänger")]
    [InlineData("E-Mail-Adressen\tPlattformen\tnachricht\tsprache\tbusiness_manager\tvorlage")]
    public void Columns_are_known_by_English_and_German_names_in_any_order_and_case(string header)
    {
        var delimiter = header.First(c => c is ',' or ';' or '\t');
        var file = Read($"{header}\n{string.Join(delimiter, header.Split(delimiter).Select(_ => "x"))}\n");

        Assert.Empty(file.Ignored);
        Assert.All(Enum.GetValues<BulkColumn>(), column => Assert.Equal("x", file.Rows[0].Of(column)));
    }

    [Theory]
    [InlineData(";;\r\nemail;services;\r\nnora@bakery.example;Mailchimp;\r\n;;\r\n", 3)]
    [InlineData("\n\nRecipients\nnora@bakery.example\n", 4)]
    [InlineData("Our clients\tas of May\n\nmessage\tE-Mail\nhi\tnora@bakery.example\n", 4)]
    [InlineData("Notes:\n\"What is missing here, and why; see the help\"\n\nFirst Name,Last Name,URL,Email "
        + "Address\nNora,Baker,,nora@bakery.example\n", 5)]
    [InlineData("Exported 2026-05-01, by the owner\nName;E-Mail-Adresse\nNora;nora@bakery.example\n", 3)]
    [InlineData("sep=;\n;\nEmail;Message\nnora@bakery.example;a, b\n", 4)]
    public void What_stands_above_the_header_is_left_out(string text, int line)
    {
        var row = Assert.Single(Read(text).Rows);

        Assert.Equal((line, "nora@bakery.example"), (row.Line, row.Of(BulkColumn.Recipients)));
    }

    [Theory]
    [InlineData("Google", "Name,Given Name,Group Membership,E-mail 1 - Type,E-mail 1 - Value,E-mail 2 - Value", "Nora,Nora,* myContacts,* ,nora@bakery.example,")]
    [InlineData("Google today", "First Name,Labels,E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Label,E-mail 2 - Value", "Nora,,Work,,Home,nora@bakery.example")]
    [InlineData("Outlook", "First Name,Company,E-mail Address,E-mail Type,E-mail Display Name,E-mail 2 Address", "Nora,Bakery,nora@bakery.example,SMTP,Nora,n@home.example")]
    [InlineData("Outlook in German", "Vorname,Firma,E-Mail-Adresse,E-Mail-Typ,E-Mail 2: Adresse", "Nora,Bakery,,SMTP,nora@bakery.example")]
    [InlineData("Thunderbird", "First Name,Display Name,Primary Email,Secondary Email", "Nora,Nora Baker,nora@bakery.example,n@home.example")]
    [InlineData("HubSpot", "Record ID,First Name,Email,Work email,Email Domain,Contact owner", "1,Nora,nora@bakery.example,n@home.example,bakery.example,Owner")]
    [InlineData("Salesforce", "Salutation,First Name,Email,Email Opt Out,Account Name", "Ms,Nora,nora@bakery.example,0,Bakery")]
    [InlineData("a report of Salesforce", "Account Name,Contact: Email", "Bakery,nora@bakery.example")]
    [InlineData("Mailchimp", "Email Address,First Name,MEMBER_RATING,OPTIN_IP", "nora@bakery.example,Nora,2,")]
    [InlineData("ActiveCampaign", "ID,First Name,Email,Phone,Tags", "7,Nora,nora@bakery.example,,vip")]
    [InlineData("Pipedrive", "Person - Name,Person - Email - Work,Person - Email - Home", "Nora,,nora@bakery.example")]
    [InlineData("Brevo", "CONTACT ID,EMAIL,FIRSTNAME", "3,nora@bakery.example,Nora")]
    [InlineData("a shop", "Customer ID,Customer Email,Billing Name", "3,nora@bakery.example,Nora")]
    [InlineData("a German list", "Firma;Ansprechpartner;Mailadresse", "Bakery;Nora;nora@bakery.example")]
    public void Exports_of_address_books_and_CRMs_are_read_as_they_are(string program, string header, string row)
    {
        var read = Assert.Single(Read($"{header}\r\n{row}\r\n").Rows);

        Assert.True(read.Of(BulkColumn.Recipients) == "nora@bakery.example", $"{program}: {read.Of(BulkColumn.Recipients)}");
    }

    [Fact]
    public void An_address_beside_the_one_that_is_taken_is_told_of()
    {
        var file = Read("Email,Work email,Secondary email\na@example.com,b@example.com,\n");

        Assert.Equal(["Work email"], file.Ignored);
    }

    [Fact]
    public void Unknown_columns_are_named_and_ignored()
    {
        var file = Read("phone,recipients,\"Their\nname\",,\n1,a@example.com,The baker,left over,\n");

        Assert.Equal(["phone", "Their name", "#4"], file.Ignored);
        Assert.Equal("a@example.com", file.Rows[0].Of(BulkColumn.Recipients));
    }

    [Fact]
    public void Cells_beyond_the_header_and_text_behind_a_quote_are_told_of_and_rows_of_nothing_are_not()
    {
        var file = Read("recipients,message\na@example.com,one,two\n,\n\"b@example.com\"x,\nc@example.com\n");

        Assert.Equal([(2, 3, false), (4, 0, true), (5, 0, false)], file.Rows.Select(r => (r.Line, r.Surplus, r.IsTorn)));
        Assert.Equal("", file.Rows[2].Of(BulkColumn.Message));
    }

    [Fact]
    public void A_stray_quote_is_part_of_the_text() =>
        Assert.Equal("He said \"hi\"", Read("recipients,message\na@example.com,He said \"hi\"\n").Rows[0].Of(BulkColumn.Message));

    [Fact]
    public void A_quote_that_is_never_closed_is_named_by_its_line() =>
        Assert.Equal(new BulkQuoteOpen(3), Refused("recipients,message\na@example.com,x\nb@example.com,\"open\nc@example.com,y\n"));

    [Fact]
    public void Old_line_ends_are_line_ends() =>
        Assert.Equal([2, 3], Read("recipients\ra@example.com\rb@example.com\r").Rows.Select(r => r.Line));

    [Fact]
    public void A_file_of_five_thousand_rows_is_read_and_one_more_is_refused_with_how_to_split()
    {
        var rows = string.Concat(Enumerable.Range(0, BulkImport.MaxRows).Select(i => $"a{i}@example.com\n"));

        Assert.Equal(BulkImport.MaxRows, Read($"recipients\n{rows}").Rows.Count);
        Assert.Equal([5001, 5000, 2], Refused($"recipients\n{rows}more@example.com\n").Arguments);
    }

    [Theory]
    [InlineData("", typeof(BulkFileEmpty))]
    [InlineData(" \r\n\r\n", typeof(BulkFileEmpty))]
    [InlineData("recipients;message\r\n", typeof(BulkFileHasNoRows))]
    [InlineData("recipients;message\r\n;\r\n", typeof(BulkFileHasNoRows))]
    [InlineData("a@example.com\r\nb@example.com\r\n", typeof(BulkRecipientsMissing))]
    [InlineData("recipients,E-Mail\r\na@example.com,b@example.com\r\n", typeof(BulkColumnTwice))]
    [InlineData("recipients\r\na@example.com\0\r\n", typeof(BulkFileNotText))]
    [InlineData("PK\u0003\u0004 what Excel saves", typeof(BulkFileIsWorkbook))]
    [InlineData("%PDF-1.7", typeof(BulkFileIsWorkbook))]
    public void What_is_no_list_is_refused_with_a_reason_of_its_own(string content, Type refusal) =>
        Assert.IsType(refusal, Refused(content));

    [Fact]
    public void A_first_line_of_a_million_names_is_refused_by_their_number() =>
        Assert.Equal(
            new BulkTooManyColumns(1_000_001),
            Refused($"recipients{string.Concat(Enumerable.Repeat(",x", 1_000_000))}\r\na@bakery.example\r\n"));

    [Fact]
    public void An_old_workbook_and_UTF16_without_its_mark_are_refused()
    {
        Assert.IsType<BulkFileIsWorkbook>(BulkReader.Read(new byte[] { 0xD0, 0xCF, 0x11, 0xE0, 0xA1 }).Error);
        Assert.IsType<BulkFileNotText>(BulkReader.Read(Encoding.Unicode.GetBytes(Umlauts)).Error);
        Assert.IsType<BulkFileNotText>(BulkReader.Read(new byte[] { 0xEF, 0xBB, 0xBF, 0xFF, 0x41 }).Error);
    }

    [Fact]
    public async Task A_file_of_fifty_megabytes_is_refused_when_a_tenth_of_it_is_read()
    {
        await using var huge = new CountingStream(50L * 1024 * 1024);

        var refused = await BulkReader.ReadAsync(huge, Cancel);

        Assert.Equal([5], Assert.IsType<BulkFileTooLarge>(refused.Error).Arguments);
        Assert.InRange(huge.Given, BulkReader.MaxBytes, BulkReader.MaxBytes + (128 * 1024));
    }

    [Fact]
    public async Task A_file_of_just_the_limit_is_read()
    {
        var content = Encoding.UTF8.GetBytes("recipients,x\na@example.com,".PadRight(BulkReader.MaxBytes, 'x'));

        Assert.Single(Value(await BulkReader.ReadAsync(new MemoryStream(content), Cancel)).Rows);
    }

    private static BulkFile Read(string text) => Value(BulkReader.Read(Encoding.UTF8.GetBytes(text)));

    private static PortalError Refused(string text) =>
        BulkReader.Read(Encoding.UTF8.GetBytes(text)).Error ?? throw new InvalidOperationException("It was read.");

    private static BulkFile Value(Result<BulkFile> read)
    {
        Assert.True(read.Succeeded, $"Refused: {read.Error}");
        return read.Value;
    }

    /// <summary>Gives as many bytes as wanted and counts them.</summary>
    private sealed class CountingStream(long length) : Stream
    {
        public long Given { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => length;

        public override long Position
        {
            get => Given;
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var given = (int)Math.Min(count, length - Given);
            buffer.AsSpan(offset, given).Fill((byte)'a');
            Given += given;
            return given;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
