using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace OnboardingPortal.Core.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class MailSubjects : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "About",
                table: "email_messages",
                type: "TEXT",
                maxLength: 60,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<int>(
                name: "ReminderDay",
                table: "email_messages",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.Sql(MailSubjectMove.Up); // by hand: what rows of before get in the new columns

            // By hand, too: EF Core would make the table anew, which is done in steps that a killed start leaves half done.
            migrationBuilder.Sql("ALTER TABLE email_messages DROP COLUMN \"AboutId\"");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "AboutId",
                table: "email_messages",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.Sql(MailSubjectMove.Down);

            migrationBuilder.Sql("ALTER TABLE email_messages DROP COLUMN \"About\"");

            migrationBuilder.Sql("ALTER TABLE email_messages DROP COLUMN \"ReminderDay\"");
        }
    }
}
