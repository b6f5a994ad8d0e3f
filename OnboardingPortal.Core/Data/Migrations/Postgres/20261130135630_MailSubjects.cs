using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace OnboardingPortal.Core.Data.Migrations.Postgres
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
                type: "character varying(60)",
                maxLength: 60,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<int>(
                name: "ReminderDay",
                table: "email_messages",
                type: "integer",
                nullable: true);

            migrationBuilder.Sql(MailSubjectMove.Up); // by hand, as is the order: what rows of before get in the new columns

            migrationBuilder.DropColumn(
                name: "AboutId",
                table: "email_messages");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "AboutId",
                table: "email_messages",
                type: "bigint",
                nullable: true);

            migrationBuilder.Sql(MailSubjectMove.Down); // by hand, as is the order

            migrationBuilder.DropColumn(
                name: "About",
                table: "email_messages");

            migrationBuilder.DropColumn(
                name: "ReminderDay",
                table: "email_messages");
        }
    }
}
