using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace OnboardingPortal.Core.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Hardening : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_email_messages_NextAttemptAt",
                table: "email_messages");

            migrationBuilder.DropIndex(
                name: "IX_brandings_PublicHost",
                table: "brandings");

            migrationBuilder.AddColumn<long>(
                name: "ProvedAt",
                table: "user_sessions",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "EndedAt",
                table: "participants",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "IsAwaited",
                table: "email_messages",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "AnswerProtected",
                table: "connect_attempts",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "HandleHash",
                table: "connect_attempts",
                type: "BLOB",
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "OwnHost",
                table: "connect_attempts",
                type: "TEXT",
                maxLength: 253,
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "OwnHostBrowserHash",
                table: "connect_attempts",
                type: "BLOB",
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "HostCheckedAt",
                table: "brandings",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "HostNonce",
                table: "brandings",
                type: "TEXT",
                maxLength: 43,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "HostProblem",
                table: "brandings",
                type: "TEXT",
                maxLength: 40,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "HostTriedAt",
                table: "brandings",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ShownHost",
                table: "brandings",
                type: "TEXT",
                maxLength: 253,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "ExpiresAt",
                table: "api_keys",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "NoticedAt",
                table: "api_keys",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "given_up_hosts",
                columns: table => new
                {
                    AgencyId = table.Column<long>(type: "INTEGER", nullable: false),
                    Host = table.Column<string>(type: "TEXT", maxLength: 253, nullable: false),
                    GivenUpAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_given_up_hosts", x => new { x.Host, x.AgencyId });
                    table.ForeignKey(
                        name: "FK_given_up_hosts_agencies_AgencyId",
                        column: x => x.AgencyId,
                        principalTable: "agencies",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "password_attempts",
                columns: table => new
                {
                    UserId = table.Column<long>(type: "INTEGER", nullable: false),
                    Place = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    Count = table.Column<int>(type: "INTEGER", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_password_attempts", x => new { x.UserId, x.Place });
                    table.ForeignKey(
                        name: "FK_password_attempts_AspNetUsers_UserId",
                        column: x => x.UserId,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_email_messages_due",
                table: "email_messages",
                columns: new[] { "AgencyId", "IsAwaited", "NextAttemptAt" },
                filter: "\"State\" = 'Queued'");

            migrationBuilder.CreateIndex(
                name: "IX_connect_attempts_HandleHash",
                table: "connect_attempts",
                column: "HandleHash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_brandings_PublicHost",
                table: "brandings",
                column: "PublicHost");

            migrationBuilder.CreateIndex(
                name: "IX_brandings_ShownHost",
                table: "brandings",
                column: "ShownHost",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_given_up_hosts_AgencyId",
                table: "given_up_hosts",
                column: "AgencyId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "given_up_hosts");

            migrationBuilder.DropTable(
                name: "password_attempts");

            migrationBuilder.DropIndex(
                name: "IX_email_messages_due",
                table: "email_messages");

            migrationBuilder.DropIndex(
                name: "IX_connect_attempts_HandleHash",
                table: "connect_attempts");

            migrationBuilder.DropIndex(
                name: "IX_brandings_PublicHost",
                table: "brandings");

            migrationBuilder.DropIndex(
                name: "IX_brandings_ShownHost",
                table: "brandings");

            migrationBuilder.DropColumn(
                name: "ProvedAt",
                table: "user_sessions");

            migrationBuilder.DropColumn(
                name: "EndedAt",
                table: "participants");

            migrationBuilder.DropColumn(
                name: "IsAwaited",
                table: "email_messages");

            migrationBuilder.DropColumn(
                name: "AnswerProtected",
                table: "connect_attempts");

            migrationBuilder.DropColumn(
                name: "HandleHash",
                table: "connect_attempts");

            migrationBuilder.DropColumn(
                name: "OwnHost",
                table: "connect_attempts");

            migrationBuilder.DropColumn(
                name: "OwnHostBrowserHash",
                table: "connect_attempts");

            migrationBuilder.DropColumn(
                name: "HostCheckedAt",
                table: "brandings");

            migrationBuilder.DropColumn(
                name: "HostNonce",
                table: "brandings");

            migrationBuilder.DropColumn(
                name: "HostProblem",
                table: "brandings");

            migrationBuilder.DropColumn(
                name: "HostTriedAt",
                table: "brandings");

            migrationBuilder.DropColumn(
                name: "ShownHost",
                table: "brandings");

            migrationBuilder.DropColumn(
                name: "ExpiresAt",
                table: "api_keys");

            migrationBuilder.DropColumn(
                name: "NoticedAt",
                table: "api_keys");

            migrationBuilder.CreateIndex(
                name: "IX_email_messages_NextAttemptAt",
                table: "email_messages",
                column: "NextAttemptAt",
                filter: "\"State\" = 'Queued'");

            migrationBuilder.CreateIndex(
                name: "IX_brandings_PublicHost",
                table: "brandings",
                column: "PublicHost",
                unique: true);
        }
    }
}
