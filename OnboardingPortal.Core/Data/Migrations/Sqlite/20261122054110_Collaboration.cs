using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace OnboardingPortal.Core.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Collaboration : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "HasProblem",
                table: "requests",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<long>(
                name: "AboutId",
                table: "email_messages",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "Seal",
                table: "audit_events",
                type: "BLOB",
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "Sequence",
                table: "audit_events",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Topic",
                table: "audit_events",
                type: "TEXT",
                maxLength: 40,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<long>(
                name: "CreatedAt",
                table: "AspNetUsers",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "DisabledAt",
                table: "AspNetUsers",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Language",
                table: "AspNetUsers",
                type: "TEXT",
                maxLength: 2,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "TimeZone",
                table: "AspNetUsers",
                type: "TEXT",
                maxLength: 60,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "LinkLife",
                table: "agencies",
                type: "TEXT",
                nullable: false,
                defaultValue: "{\"Count\":1,\"Unit\":\"Month\"}");

            migrationBuilder.AddColumn<string>(
                name: "MailedOnCompletion",
                table: "agencies",
                type: "TEXT",
                nullable: false,
                defaultValue: "{\"Requester\":true,\"MainUsers\":false,\"Users\":[],\"Addresses\":[]}");

            migrationBuilder.AddColumn<string>(
                name: "MailedOnLostAccess",
                table: "agencies",
                type: "TEXT",
                nullable: false,
                defaultValue: "{\"Requester\":true,\"MainUsers\":false,\"Users\":[],\"Addresses\":[]}");

            migrationBuilder.AddColumn<long>(
                name: "OwnerId",
                table: "agencies",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ReminderDays",
                table: "agencies",
                type: "TEXT",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<string>(
                name: "RequestLanguage",
                table: "agencies",
                type: "TEXT",
                maxLength: 2,
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "RequiresTwoFactor",
                table: "agencies",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "Visibility",
                table: "agencies",
                type: "TEXT",
                maxLength: 40,
                nullable: false,
                defaultValue: "Everyone");

            migrationBuilder.CreateTable(
                name: "audit_heads",
                columns: table => new
                {
                    AgencyId = table.Column<long>(type: "INTEGER", nullable: false),
                    Sequence = table.Column<long>(type: "INTEGER", nullable: false),
                    Seal = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    Proof = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    WrappedKey = table.Column<byte[]>(type: "BLOB", nullable: false),
                    MasterKeyId = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_audit_heads", x => x.AgencyId);
                });

            migrationBuilder.CreateTable(
                name: "brandings",
                columns: table => new
                {
                    AgencyId = table.Column<long>(type: "INTEGER", nullable: false),
                    IsOn = table.Column<bool>(type: "INTEGER", nullable: false),
                    CompanyName = table.Column<string>(type: "TEXT", maxLength: 120, nullable: true),
                    RequesterName = table.Column<string>(type: "TEXT", maxLength: 120, nullable: true),
                    ReplyTo = table.Column<string>(type: "TEXT", maxLength: 320, nullable: true),
                    SenderName = table.Column<string>(type: "TEXT", maxLength: 120, nullable: true),
                    Colour = table.Column<string>(type: "TEXT", maxLength: 7, nullable: true),
                    FooterText = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    PrivacyUrl = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    ImprintUrl = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    PublicHost = table.Column<string>(type: "TEXT", maxLength: 253, nullable: true),
                    Logo = table.Column<byte[]>(type: "BLOB", nullable: true),
                    LogoType = table.Column<string>(type: "TEXT", maxLength: 20, nullable: true),
                    LogoHash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_brandings", x => x.AgencyId);
                    table.ForeignKey(
                        name: "FK_brandings_agencies_AgencyId",
                        column: x => x.AgencyId,
                        principalTable: "agencies",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "invitations",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false),
                    AgencyId = table.Column<long>(type: "INTEGER", nullable: false),
                    Email = table.Column<string>(type: "TEXT", maxLength: 320, nullable: false),
                    Role = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    InvitedBy = table.Column<long>(type: "INTEGER", nullable: false),
                    InvitedByName = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    TokenHash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: true),
                    TokenProtected = table.Column<string>(type: "TEXT", nullable: true),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ExpiresAt = table.Column<long>(type: "INTEGER", nullable: false),
                    AcceptedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    CancelledAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_invitations", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "request_templates",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false),
                    AgencyId = table.Column<long>(type: "INTEGER", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    Message = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    Platforms = table.Column<string>(type: "TEXT", nullable: false),
                    FacebookUserId = table.Column<long>(type: "INTEGER", nullable: true),
                    BusinessManagerId = table.Column<string>(type: "TEXT", nullable: true),
                    IsDefault = table.Column<bool>(type: "INTEGER", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_request_templates", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "user_sessions",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false),
                    AgencyId = table.Column<long>(type: "INTEGER", nullable: false),
                    UserId = table.Column<long>(type: "INTEGER", nullable: false),
                    StartedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    SeenAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Address = table.Column<string>(type: "TEXT", maxLength: 45, nullable: true),
                    Browser = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    EndedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_user_sessions", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_requests_completed",
                table: "requests",
                columns: new[] { "AgencyId", "CompletedAt" },
                filter: "\"CompletedAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_requests_opened",
                table: "requests",
                columns: new[] { "AgencyId", "ActivityAt" },
                filter: "\"Status\" = 'Pending' AND \"OpenedAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_requests_problems",
                table: "requests",
                columns: new[] { "AgencyId", "ActivityAt" },
                filter: "\"HasProblem\" AND \"Status\" <> 'Deleted'");

            migrationBuilder.CreateIndex(
                name: "IX_requests_requester_newest",
                table: "requests",
                columns: new[] { "AgencyId", "RequesterId", "Id" },
                filter: "\"Status\" <> 'Deleted'");

            migrationBuilder.CreateIndex(
                name: "IX_requests_requester_recipient",
                table: "requests",
                columns: new[] { "AgencyId", "RequesterId", "FirstRecipient", "Id" },
                filter: "\"Status\" <> 'Deleted'");

            migrationBuilder.CreateIndex(
                name: "IX_requests_requester_status_newest",
                table: "requests",
                columns: new[] { "AgencyId", "RequesterId", "Status", "Id" },
                filter: "\"Status\" <> 'Deleted'");

            migrationBuilder.CreateIndex(
                name: "IX_audit_events_AgencyId_ActorKind_ActorId_Id",
                table: "audit_events",
                columns: new[] { "AgencyId", "ActorKind", "ActorId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_audit_events_AgencyId_Sequence",
                table: "audit_events",
                columns: new[] { "AgencyId", "Sequence" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_audit_events_AgencyId_Topic_Id",
                table: "audit_events",
                columns: new[] { "AgencyId", "Topic", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_brandings_PublicHost",
                table: "brandings",
                column: "PublicHost",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_invitations_AgencyId_Id",
                table: "invitations",
                columns: new[] { "AgencyId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_invitations_TokenHash",
                table: "invitations",
                column: "TokenHash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_request_templates_AgencyId_Name",
                table: "request_templates",
                columns: new[] { "AgencyId", "Name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_user_sessions_UserId_Id",
                table: "user_sessions",
                columns: new[] { "UserId", "Id" });

            // What rows of before would have, had they been written today.
            migrationBuilder.Sql(
                """
                UPDATE audit_events SET "Topic" = CASE
                    WHEN "Kind" IN ('SignedIn', 'SignInFailed', 'AccountRemoved', 'AccountConnected', 'AccountLost', 'AccountMended', 'AssetShared',
                        'AssetWaiting', 'AssetFailed', 'FacebookUserConnected', 'FacebookUserRemoved') THEN 'Connections'
                    WHEN "Kind" IN ('SettingsChanged', 'AgencyCreated') THEN 'Settings'
                    WHEN "Kind" IN ('UserSignedIn', 'UserSignInRefused', 'UserSignedOut') THEN 'SignIns'
                    ELSE 'Requests' END
                """);
            migrationBuilder.Sql("""UPDATE requests SET "HasProblem" = ("Accounts" LIKE '%"e":true%')""");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "audit_heads");

            migrationBuilder.DropTable(
                name: "brandings");

            migrationBuilder.DropTable(
                name: "invitations");

            migrationBuilder.DropTable(
                name: "request_templates");

            migrationBuilder.DropTable(
                name: "user_sessions");

            migrationBuilder.DropIndex(
                name: "IX_requests_completed",
                table: "requests");

            migrationBuilder.DropIndex(
                name: "IX_requests_opened",
                table: "requests");

            migrationBuilder.DropIndex(
                name: "IX_requests_problems",
                table: "requests");

            migrationBuilder.DropIndex(
                name: "IX_requests_requester_newest",
                table: "requests");

            migrationBuilder.DropIndex(
                name: "IX_requests_requester_recipient",
                table: "requests");

            migrationBuilder.DropIndex(
                name: "IX_requests_requester_status_newest",
                table: "requests");

            migrationBuilder.DropIndex(
                name: "IX_audit_events_AgencyId_ActorKind_ActorId_Id",
                table: "audit_events");

            migrationBuilder.DropIndex(
                name: "IX_audit_events_AgencyId_Sequence",
                table: "audit_events");

            migrationBuilder.DropIndex(
                name: "IX_audit_events_AgencyId_Topic_Id",
                table: "audit_events");

            migrationBuilder.DropColumn(
                name: "HasProblem",
                table: "requests");

            migrationBuilder.DropColumn(
                name: "AboutId",
                table: "email_messages");

            migrationBuilder.DropColumn(
                name: "Seal",
                table: "audit_events");

            migrationBuilder.DropColumn(
                name: "Sequence",
                table: "audit_events");

            migrationBuilder.DropColumn(
                name: "Topic",
                table: "audit_events");

            migrationBuilder.DropColumn(
                name: "CreatedAt",
                table: "AspNetUsers");

            migrationBuilder.DropColumn(
                name: "DisabledAt",
                table: "AspNetUsers");

            migrationBuilder.DropColumn(
                name: "Language",
                table: "AspNetUsers");

            migrationBuilder.DropColumn(
                name: "TimeZone",
                table: "AspNetUsers");

            migrationBuilder.DropColumn(
                name: "LinkLife",
                table: "agencies");

            migrationBuilder.DropColumn(
                name: "MailedOnCompletion",
                table: "agencies");

            migrationBuilder.DropColumn(
                name: "MailedOnLostAccess",
                table: "agencies");

            migrationBuilder.DropColumn(
                name: "OwnerId",
                table: "agencies");

            migrationBuilder.DropColumn(
                name: "ReminderDays",
                table: "agencies");

            migrationBuilder.DropColumn(
                name: "RequestLanguage",
                table: "agencies");

            migrationBuilder.DropColumn(
                name: "RequiresTwoFactor",
                table: "agencies");

            migrationBuilder.DropColumn(
                name: "Visibility",
                table: "agencies");
        }
    }
}
